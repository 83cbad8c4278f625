import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';

/** How asking for one thing goes. Times are by our clock. */
export type RequestState = {
  /** When the answer that holds was asked for. */
  readonly asOf: Instant | undefined;
  /** When the last answer, good or bad, came in. */
  readonly answeredAt: Instant;
  /** How long good answers take of late, in milliseconds. */
  readonly tookMs: number;
  readonly failure: Failure | undefined;
  /** Since it last went well, or since there was reason to think that it would now. */
  readonly failedInARow: number;
  /** When the first of these failures came. */
  readonly failingSince: Instant | undefined;
  /** When the first request was sent that has had no good answer since. */
  readonly unansweredSince: Instant | undefined;
  /** 0 to 1, drawn when it failed: spreads the retries of many watchers. */
  readonly jitter: number;
};

/** The server cannot be reached, does not let us in, or makes no sense: how long that has been so. Times are by our clock. */
export type Outage = {
  readonly since: Instant;
  /** When the last answer of this kind came, how many there were without a better one between them, and for what. */
  readonly lastAt: Instant;
  readonly count: number;
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
  readonly jitter: number;
};
