import {round} from './measure.js';

export type Figures = Readonly<Record<string, number>>;
export type SizeFigures = {readonly size: string; readonly figures: Figures};

/** Prints a table of figures by size, with the ratio of each to that of the first size. */
export const printSideBySide = (title: string, figuresBySize: readonly SizeFigures[]): void => {
  const [first, ...furtherSizes] = figuresBySize;
  const table: Record<string, Record<string, number>> = {};
  for (const [name, baseValue] of Object.entries(first?.figures ?? {})) {
    const values = figuresBySize.map(({size, figures}) => [size, round(figures[name] ?? Number.NaN)]);
    const ratios = furtherSizes.map(({size, figures}) => [
      `${size} ÷ ${first?.size}`,
      round((figures[name] ?? Number.NaN) / baseValue, 2),
    ]);
    table[name] = Object.fromEntries([...values, ...ratios]);
  }

  console.log(`\n${title}`);
  console.table(table);
};
