import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';

/** The state of one request. Times are by the local clock. */
export type RequestState = {
  /** When the current response was requested. */
  readonly asOf: Instant | undefined;
  /** When the last response, good or bad, arrived. */
  readonly answeredAt: Instant;
  /** How long good responses have been taking lately, in milliseconds. */
  readonly tookMs: number;
  readonly failure: Failure | undefined;
  /** Since it last succeeded, or since there was reason to think that it would. */
  readonly failedInARow: number;
  /** When the first of these failures arrived. */
  readonly failingSince: Instant | undefined;
  /** When the first request was sent that has not had a good response since. */
  readonly unansweredSince: Instant | undefined;
  /** 0 to 1, drawn at the time of failure: spreads the retries of many instances. */
  readonly jitter: number;
};

/**
 * How long the server has been unreachable, rejecting the credentials or sending invalid responses. Times are by the
 * local clock.
 */
export type Outage = {
  readonly since: Instant;
  /**
   * When the last response of this kind arrived, how many there were without a better one in between, and for which
   * keys.
   */
  readonly lastAt: Instant;
  readonly count: number;
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
  readonly jitter: number;
};
