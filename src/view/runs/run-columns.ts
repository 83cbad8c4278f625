/** Widths in cells; 0 if a column is left out. */
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
  /** The first failed step and its exception, or what the run is waiting for. */
  readonly failure: number;
};

/** Before the title: margin, cursor, mark, glyph, space. */
const runLeadCells = 5;

/** Free cell at the right end, so that text does not touch the edge of the selected row's background. */
const endCells = 1;
const gap = 2;

/** Minimum cells of the title while other columns are shown. */
const minTitleCells = 12;

/** Which optional columns the rows need. */
export type OptionalColumns = {
  /** At least one run has tags. */
  readonly hasTags: boolean;
  /** At least one run has a name that contains more than the start time. */
  readonly hasNames: boolean;
  /** At least one run has failed. */
  readonly hasFailures: boolean;
  /** At least one run is waiting for an answer, for resources or for its infrastructure. */
  readonly hasWaits: boolean;
  /** Cells of the longest name of a user. */
  readonly userCells: number;
};

/** The columns, the most important first, with the width that each must leave for the title. */
const getColumnCandidates = ({hasTags, hasNames, hasFailures, hasWaits}: OptionalColumns) =>
  [
    {column: 'time', cells: 7, title: minTitleCells},
    {column: 'started', cells: 12, title: 16},
    {column: 'status', cells: 12, title: 22},
    {column: 'steps', cells: 7, title: 24},
    ...(hasNames ? ([{column: 'name', cells: 20, title: 22}] as const) : []),
    {column: 'user', cells: 8, title: 24},
    ...(hasTags ? ([{column: 'tags', cells: 12, title: 24}] as const) : []),
    ...(hasFailures || hasWaits ? ([{column: 'failure', cells: 20, title: 22}] as const) : []),
    ...(hasNames || hasFailures || hasWaits ? [] : ([{column: 'name', cells: 26, title: 34}] as const)),
  ] as const;

const maxNameCells = 40;
const maxTagsCells = 30;
const maxTitleCells = 48;
const maxUserCells = 20;
const maxFailureCells = 80;
/** To make room for failures, the title may shrink to this width. */
const failureTitleCells = 34;

/** The columns of a row of `width` cells. */
export const layOutRunColumns = (width: number, optional: OptionalColumns): RunColumns => {
  const room = Math.max(1, width - runLeadCells - endCells);
  const columns = {width, title: room, name: 0, status: 0, steps: 0, time: 0, started: 0, user: 0, tags: 0, failure: 0};
  for (const {column, cells, title} of getColumnCandidates(optional)) {
    const left = columns.title - cells - gap;
    if (left < title) {
      break;
    }

    columns[column] = cells;
    columns.title = left;
  }

  return widenColumns(columns, optional);
};

/** Cells that the title does not need go to the users, tags, names and failures, if they are shown. */
const widenColumns = (columns: RunColumns, {userCells}: OptionalColumns): RunColumns => {
  const {name, tags, failure} = columns;
  let {title} = columns;
  /** The width of a column, increased to at most `most` cells as long as the title keeps `minTitle` cells. */
  const widen = (current: number, most: number, minTitle: number): number => {
    const more = current === 0 ? 0 : Math.max(0, Math.min(most - current, title - minTitle));
    title -= more;
    return current + more;
  };
  // First, each gets a moderate width; a title that is still wide then gives more.
  const user = widen(columns.user, Math.min(userCells, maxUserCells), 26);
  const wideName = widen(name, 28, 26);
  const wideTags = widen(tags, 20, 30);
  return {
    ...columns,
    user,
    name: widen(wideName, maxNameCells, maxTitleCells),
    tags: widen(wideTags, maxTagsCells, maxTitleCells),
    failure: widen(failure, maxFailureCells, failureTitleCells),
    title,
  };
};

export const runColumnGap = ' '.repeat(gap);
