import type {Instant} from '../domain/instant.js';

/** The time and the timers, handed in by whoever owns them. */
export type Clock = {
  readonly now: () => Instant;
  /** Wakes after `ms`; returns how to cancel that. */
  readonly after: (ms: number, wake: () => void) => () => void;
};
