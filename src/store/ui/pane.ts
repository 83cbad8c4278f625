/** The tabs of the pane, from left to right. */
export const tabs = ['overview', 'inputs', 'outputs', 'config', 'cache', 'logs', 'code'] as const;
export type Tab = (typeof tabs)[number];

/** The section of the code tab that is open while it shows what changed since the last run. */
export const codeDiffSection = 'diff';

export type PaneState = {
  readonly tab: Tab;
  /** The pane takes up the whole screen (or, on a narrow one, is visible at all). */
  readonly isOpen: boolean;
  /** Lines scrolled, by row and tab; in an overview, counted from below the exception, which may appear at any time. */
  readonly topByKey: ReadonlyMap<string, number>;
  /** Key of the mark at the cursor of the open pane, by row and tab. */
  readonly cursorByKey: ReadonlyMap<string, string>;
  /** Sections that the user has opened, or closed if they are open by default. */
  readonly toggledSections: ReadonlySet<string>;
  /** The filter of a tab. */
  readonly filterByTab: ReadonlyMap<Tab, string>;
  /** The attempt in the pane if it is not the latest, by step name. */
  readonly attemptByStep: ReadonlyMap<string, number>;
};

export const initialPane: PaneState = {
  tab: 'overview',
  isOpen: false,
  topByKey: new Map(),
  cursorByKey: new Map(),
  toggledSections: new Set(),
  filterByTab: new Map(),
  attemptByStep: new Map(),
};
