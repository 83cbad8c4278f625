import {round} from './measure.js';

export type Figures = Readonly<Record<string, number>>;
export type SizeFigures = {readonly size: string; readonly figures: Figures};

/** A table of figures by size, with the ratio of each to that of the smallest size. */
export const printSideBySide = (title: string, all: readonly SizeFigures[]): void => {
  const [smallest, ...larger] = all;
  const table: Record<string, Record<string, number>> = {};
  for (const [name, baseValue] of Object.entries(smallest?.figures ?? {})) {
    const values = all.map(({size, figures}) => [size, round(figures[name] ?? Number.NaN)]);
    const ratios = larger.map(({size, figures}) => [
      `${size} ÷ ${smallest?.size}`,
      round((figures[name] ?? Number.NaN) / baseValue, 2),
    ]);
    table[name] = Object.fromEntries([...values, ...ratios]);
  }

  console.log(`\n${title}`);
  console.table(table);
};
