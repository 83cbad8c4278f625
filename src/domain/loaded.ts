import type {Failure} from './failure.js';
import type {Instant} from './instant.js';

/** What we last knew, and separately, how the asking is going. */
export type Loaded<T> = {
  readonly value: T | undefined;
  /** When the answer that holds now was asked for. */
  readonly asOf: Instant | undefined;
  readonly failure: Failure | undefined;
  readonly failedInARow: number;
};

export const nothingYet: Loaded<never> = {value: undefined, asOf: undefined, failure: undefined, failedInARow: 0};

export const arrived = <T>(value: T, asOf: Instant): Loaded<T> => ({value, asOf, failure: undefined, failedInARow: 0});

export const stumbled = <T>(before: Loaded<T>, failure: Failure): Loaded<T> => ({
  ...before,
  failure,
  failedInARow: before.failedInARow + 1,
});
