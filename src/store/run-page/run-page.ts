import type {Stack} from '../../domain/stack.js';

/** What is known of the open run as a whole, besides the run itself and its history. */
export type RunPage = {
  readonly stack: Stack | undefined;
  /** The user wants to compare the run with the last good one as soon as previous runs have been fetched. */
  readonly isComparisonWanted: boolean;
};

export const initialRunPage: RunPage = {stack: undefined, isComparisonWanted: false};
