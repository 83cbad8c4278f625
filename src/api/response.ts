import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

/** When a request was sent and when its response was complete, by the local clock, and the server's `Date` header (whole seconds). */
export type Timing = {
  readonly requestedAt: Instant;
  readonly respondedAt: Instant;
  readonly serverDateAt: Instant | undefined;
};

/** The outcome of a request. */
export type ApiResponse<T> =
  | {readonly ok: true; readonly value: T; readonly timing: Timing}
  | {readonly ok: false; readonly failure: Failure};
