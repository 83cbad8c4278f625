/** Widths in cells; 0 where a column is left out. */
export type RunColumns = {
  /** Of the whole row. */
  readonly width: number;
  /** Pipeline and number of the run. */
  readonly title: number;
  readonly name: number;
  readonly status: number;
  readonly steps: number;
  readonly time: number;
  readonly started: number;
  readonly user: number;
  readonly tags: number;
};

/** Before the title: margin, cursor, mark, glyph, space. */
export const leadCells = 5;

/** Stays free at the right end, so that the background of the selection has an edge. */
const endCells = 1;
const gap = 2;

/** Cells that a title keeps as long as anything else is shown. */
const leastTitle = 12;
const mostTitle = 40;

/** What goes last when the screen is made narrower comes first. */
const wanted = [
  ['time', 7],
  ['started', 12],
  ['status', 12],
  ['steps', 7],
  ['user', 8],
  ['tags', 12],
  ['name', 12],
] as const satisfies readonly (readonly [keyof RunColumns, number])[];

/** From the narrowest title with which a column is still shown: a wide one may have it at the cost of less of the title. */
const titleFor = {time: leastTitle, started: 16, status: 22, steps: 24, user: 24, tags: 24, name: 24} as const;

/** Longer names end in a time of their own, which another column has. */
const mostName = 28;
const mostTags = 30;

/** The columns of a row of `width` cells; `hasTags`: some run on the screen has one. */
export const runColumnsFor = (width: number, hasTags: boolean): RunColumns => {
  const room = Math.max(1, width - leadCells - endCells);
  const columns = {width, title: room, name: 0, status: 0, steps: 0, time: 0, started: 0, user: 0, tags: 0};
  for (const [column, cells] of wanted) {
    const left = columns.title - cells - gap;
    if (left < titleFor[column]) {
      break;
    }

    if (column !== 'tags' || hasTags) {
      columns[column] = cells;
      columns.title = left;
    }
  }

  return widened(columns);
};

/** What the title does not need goes to the names and the tags, where these are shown. */
const widened = (columns: RunColumns): RunColumns => {
  const {name, tags} = columns;
  let {title} = columns;
  const take = (held: number, most: number, leastLeft: number): number => {
    const more = held === 0 ? 0 : Math.min(most - held, Math.max(0, title - leastLeft));
    title -= more;
    return held + more;
  };
  const wideName = take(name, 20, 26);
  const wideTags = take(tags, mostTags, mostTitle);
  return {...columns, name: take(wideName, mostName, mostTitle), tags: wideTags, title};
};

export const columnGap = ' '.repeat(gap);
