/** The tabs of the pane, from left to right. */
export const tabs = ['overview', 'inputs', 'outputs', 'config', 'cache', 'logs', 'code'] as const;
export type Tab = (typeof tabs)[number];

/** The section of the code tab that is unfolded while it shows what changed since the last run. */
export const codeDiffSection = 'diff';

export type PaneState = {
  readonly tab: Tab;
  /** The pane takes the whole screen (or, on a narrow one, is seen at all). */
  readonly isOpen: boolean;
  /** Lines scrolled away, by row and tab. */
  readonly topByKey: ReadonlyMap<string, number>;
  /** Key of the mark that the cursor of the open pane stands on, by row and tab. */
  readonly cursorByKey: ReadonlyMap<string, string>;
  /** Sections that the reader has unfolded, or folded where they lie open at first. */
  readonly unfolded: ReadonlySet<string>;
  /** What a tab is narrowed down to. */
  readonly filterByTab: ReadonlyMap<Tab, string>;
  /** The attempt looked at where it is not the latest, by step name. */
  readonly attemptByStep: ReadonlyMap<string, number>;
};

export const initialPane: PaneState = {
  tab: 'overview',
  isOpen: false,
  topByKey: new Map(),
  cursorByKey: new Map(),
  unfolded: new Set(),
  filterByTab: new Map(),
  attemptByStep: new Map(),
};
