import type {Environment} from './environment.js';

/** The terminal's size in cells. */
export type Size = {readonly columns: number; readonly rows: number};

const positive = (value: string | number | undefined): number | undefined => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
};

/** The size a stream tells; else what `COLUMNS` and `LINES` say (serial consoles, some containers); else 80x24. */
export const sizeOf = (stream: {readonly columns?: number; readonly rows?: number}, env: Environment): Size => ({
  columns: positive(stream.columns) ?? positive(env['COLUMNS']) ?? 80,
  rows: positive(stream.rows) ?? positive(env['LINES']) ?? 24,
});
