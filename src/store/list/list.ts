import {type Arrangement, defaultArrangement} from './arrangement.js';

/** The list of steps as the reader has arranged it. */
export type List = {
  /** Key of the selected row (see rows.ts): a step, never a line number. */
  readonly selected: string | undefined;
  /** Keeps the running step in view, until the reader moves. */
  readonly isFollowing: boolean;
  readonly top: number;
  /** Ids of the groups that lie open. */
  readonly openGroups: ReadonlySet<string>;
  readonly arrangement: Arrangement;
  /** The cursor stands on `selected` in place of this row, which the reader chose and which is hidden or not there yet. */
  readonly wanted: string | undefined;
  /** A row that is no longer let through, but stays while the cursor stands on it: news never take it away. */
  readonly kept: string | undefined;
  /** Keys of the rows that the reader came from by following what a step reads or is read by, the latest last. */
  readonly trail: readonly string[];
};

export const initialList: List = {
  selected: undefined,
  isFollowing: true,
  top: 0,
  openGroups: new Set(),
  arrangement: defaultArrangement,
  wanted: undefined,
  kept: undefined,
  trail: [],
};
