import {type Arrangement, defaultArrangement} from './arrangement.js';

/** The list of steps as the user has arranged it. */
export type List = {
  /** Key of the selected row (see rows.ts), never a line number. */
  readonly selectedKey: string | undefined;
  /** The running step stays selected and in view until the user moves. */
  readonly isFollowing: boolean;
  /** Index of the first visible row. */
  readonly top: number;
  /** IDs of the open groups and child runs. */
  readonly openIds: ReadonlySet<string>;
  readonly arrangement: Arrangement;
  /** The row that the user selected. While this row is hidden or not there yet, `selectedKey` is that of another row. */
  readonly wantedKey: string | undefined;
  /** The selected row of an arranged list: it stays even if it no longer matches, so that an update never removes it. */
  readonly keptKey: string | undefined;
  /** Keys of the rows from which the user followed a link or jumped, the latest last. */
  readonly trail: readonly string[];
};

export const initialList: List = {
  selectedKey: undefined,
  isFollowing: true,
  top: 0,
  openIds: new Set(),
  arrangement: defaultArrangement,
  wantedKey: undefined,
  keptKey: undefined,
  trail: [],
};
