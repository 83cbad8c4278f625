import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import type {ConnectionArguments} from '../domain/zentop-command.js';

/** What is known while a run or a list of runs is being opened. Instants are by the local clock. */
export type OpeningState = {
  /** `undefined` until the settings have been read. */
  readonly serverUrl: string | undefined;
  /** For commands that the user can copy. */
  readonly connectionArguments: ConnectionArguments;
  readonly startedAt: Instant;
  /** As of the last tick; there is one every second. */
  readonly now: Instant;
  /** The last request failed, and the next one is due at `retryAt`. */
  readonly pendingRetry: {readonly failure: Failure; readonly retryAt: Instant} | undefined;
  /** What is being waited for once the server has responded, such as “a run of churn_pipeline to start”. */
  readonly awaited: string | undefined;
};
