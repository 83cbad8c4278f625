import type {AttemptRow} from '../../format/detail/attempt-rows.js';

export type AttemptTableRow = AttemptRow;

/** Lines that `ink-table` takes: a rule above, the titles, a rule and a line for each row, a rule below. */
export const countTableLines = (rowCount: number): number => (rowCount === 0 ? 0 : 3 + 2 * rowCount);
