import type {Instant} from '../../domain/instant.js';

/** What the list is sorted by: the pipeline's own order; the longest, the most urgent, or the latest first. */
export const stepOrders = ['pipeline', 'duration', 'status', 'start'] as const;
export type StepOrder = (typeof stepOrders)[number];

/** What of the list is shown, and in what order. */
export type Arrangement = {
  /** As typed; empty: all steps are let through. */
  readonly filter: string;
  /** Steps that ended well are left out. */
  readonly isHidingDone: boolean;
  readonly order: StepOrder;
  readonly isReversed: boolean;
  /** Ids of the groups that the reader folded or unfolded otherwise than they lie under the filter. */
  readonly turnedGroups: ReadonlySet<string>;
  /** When what goes on was last compared by how long it has taken, by the server's clock. */
  readonly asOf: Instant;
};

export const defaultArrangement: Arrangement = {
  filter: '',
  isHidingDone: false,
  order: 'pipeline',
  isReversed: false,
  turnedGroups: new Set(),
  asOf: 0,
};

export const isFiltering = ({filter}: Arrangement): boolean => filter.trim() !== '';

export const isHidingSteps = (arrangement: Arrangement): boolean =>
  isFiltering(arrangement) || arrangement.isHidingDone;

/** Whether the list is other than the pipeline has it. */
export const isArranged = (arrangement: Arrangement): boolean =>
  isHidingSteps(arrangement) || arrangement.order !== 'pipeline' || arrangement.isReversed;
