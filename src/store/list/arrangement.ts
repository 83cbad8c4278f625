import type {Instant} from '../../domain/instant.js';

/**
 * What the list is sorted by: the pipeline's own order, the duration (longest first), the status (most urgent first), the start
 * (latest first) or the name.
 */
export const stepOrders = ['pipeline', 'duration', 'status', 'start', 'name'] as const;
export type StepOrder = (typeof stepOrders)[number];

/** Which rows of the list are visible, and in what order. */
export type Arrangement = {
  /** As typed; empty means that all steps match. */
  readonly filter: string;
  /** Successful steps are hidden. */
  readonly isHidingSuccessful: boolean;
  readonly order: StepOrder;
  readonly isReversed: boolean;
  /** IDs of the groups that the user has opened or closed, contrary to what the filter does. */
  readonly toggledGroups: ReadonlySet<string>;
  /** The time on the server's clock when running steps were last compared by duration. */
  readonly asOf: Instant;
};

export const defaultArrangement: Arrangement = {
  filter: '',
  isHidingSuccessful: false,
  order: 'pipeline',
  isReversed: false,
  toggledGroups: new Set(),
  asOf: 0,
};

export const isFiltering = ({filter}: Arrangement): boolean => filter.trim() !== '';

export const isHidingSteps = (arrangement: Arrangement): boolean =>
  isFiltering(arrangement) || arrangement.isHidingSuccessful;

/** Whether the list differs from the pipeline's own order and contents. */
export const isArranged = (arrangement: Arrangement): boolean =>
  isHidingSteps(arrangement) || arrangement.order !== 'pipeline' || arrangement.isReversed;
