import type {Environment} from './environment.js';

/** The terminal's size in cells. */
export type TerminalSize = {readonly columns: number; readonly rows: number};

const parsePositiveInteger = (value: string | number | undefined): number | undefined => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
};

/** The size of the stream; else `COLUMNS` and `LINES` (for serial consoles and some containers); else 80x24. */
export const getTerminalSize = (
  stream: {readonly columns?: number; readonly rows?: number},
  env: Environment,
): TerminalSize => ({
  columns: parsePositiveInteger(stream.columns) ?? parsePositiveInteger(env['COLUMNS']) ?? 80,
  rows: parsePositiveInteger(stream.rows) ?? parsePositiveInteger(env['LINES']) ?? 24,
});
