/** Lines of an `ink-table`: a rule above, the titles, a rule and a line per row, a rule below. */
export const countTableLines = (rowCount: number): number => (rowCount === 0 ? 0 : 3 + 2 * rowCount);
