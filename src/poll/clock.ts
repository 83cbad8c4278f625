import type {Instant} from '../domain/instant.js';

/** The time and timers, passed in by the caller. */
export type Clock = {
  readonly now: () => Instant;
  /** Calls back after `ms`; returns a function that cancels it. */
  readonly after: (ms: number, wake: () => void) => () => void;
};
