import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';

/** The state of one request. Times are by the local clock. */
export type RequestState = {
  /** When the current response was requested. */
  readonly asOf: Instant | undefined;
  /** When the last response arrived, or the last failure was noticed. */
  readonly respondedAt: Instant;
  /** How long good responses have been taking lately, in milliseconds. */
  readonly tookMs: number;
  readonly failure: Failure | undefined;
  /** How many times it has failed since it last succeeded, or since there was reason to think that it would. */
  readonly failedInARow: number;
  /** When the first of the failures since it last succeeded was noticed. */
  readonly failingSince: Instant | undefined;
  /** When the first request was sent that has not had a good response since. */
  readonly unsuccessfulSince: Instant | undefined;
  /** 0 to 1, drawn at the time of failure: spreads the retries of many instances. */
  readonly jitter: number;
};

/**
 * How long the server has been unreachable, rejecting the credentials or sending invalid responses. Times are by the
 * local clock.
 */
export type Outage = {
  readonly since: Instant;
  /** When the last failure of this kind was noticed. */
  readonly lastAt: Instant;
  /** How many of them there were, without a success in between. */
  readonly count: number;
  /** The keys of the requests that failed. */
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
  readonly jitter: number;
};
