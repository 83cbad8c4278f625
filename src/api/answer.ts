import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

/** When an answer was asked for and came in, by our clock, and what the server's clock said (whole seconds). */
export type Timing = {
  readonly requestedAt: Instant;
  readonly answeredAt: Instant;
  readonly serverDateAt: Instant | undefined;
};

/** What a request came to. */
export type Answer<T> =
  | {readonly ok: true; readonly value: T; readonly timing: Timing}
  | {readonly ok: false; readonly failure: Failure};
