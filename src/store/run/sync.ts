import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {SeenRow} from '../requests/seen-rows.js';
import {initialWatermark, type Watermark} from '../requests/watermark.js';

/**
 * By step run ID, whether `/dag` reports it as finished. `seenAt` is when the last of them was added, by the local clock; infinite
 * once deltas have been distrusted because of them.
 */
export type UnseenSteps = {readonly isFinishedById: ReadonlyMap<StepId, boolean>; readonly seenAt: Instant};

/**
 * How far the open run is in step with the server, and what has to be fetched again. Instants are by the local clock unless noted.
 */
export type RunSync = {
  readonly watermark: Watermark;
  /** When the last complete response with rows was requested, by the server's clock. */
  readonly rowsAsOf: Instant | undefined;
  /** Finished rows that the next delta would return again, because it overlaps the previous one. */
  readonly seenRows: readonly SeenRow[];
  /** When rows were last requested by their IDs, without regard to `updated`. */
  readonly requestedByIdsAt: Instant;
  /** When a step was last seen to have started. */
  readonly startSeenAt: Instant;
  /** The page of the newest rows does not contain all rows. */
  readonly hasMoreRows: boolean;
  /** Step runs that `/dag` has reported and no row has shown yet. */
  readonly unseen: UnseenSteps;
  /** Deltas missed something: rows fetched before this instant are listed again. */
  readonly distrustedAt: Instant | undefined;
  /** The server counts a different number of unfinished rows than zentop: they have to be listed. */
  readonly isUnfinishedCountWrong: boolean;
  /** Attempts that are unfinished in the state but no longer listed as such by the server. */
  readonly missedIds: ReadonlySet<StepId>;
  /** When something happened that may have changed the status of the run, which has not been fetched since. */
  readonly runDoubtedAt: Instant | undefined;
  /** When the last hydrated response about the run was requested. Others do not contain its tags and metadata. */
  readonly hydratedAsOf: Instant | undefined;
  /** When a step turned up that is not in the plan. */
  readonly unplannedAt: Instant | undefined;
  /** Everything fetched before this instant is fetched again: after a gap, after an outage, or on the user's request. */
  readonly invalidatedAt: Instant | undefined;
};

export const initialRunSync: RunSync = {
  watermark: initialWatermark,
  rowsAsOf: undefined,
  seenRows: [],
  requestedByIdsAt: Number.NEGATIVE_INFINITY,
  startSeenAt: Number.NEGATIVE_INFINITY,
  hasMoreRows: false,
  unseen: {isFinishedById: new Map(), seenAt: Number.NEGATIVE_INFINITY},
  distrustedAt: undefined,
  isUnfinishedCountWrong: false,
  missedIds: new Set(),
  runDoubtedAt: undefined,
  hydratedAsOf: undefined,
  unplannedAt: undefined,
  invalidatedAt: undefined,
};
