import {type Failure, isOutage} from '../failure.js';
import type {RunId} from '../ids.js';
import type {Json} from '../json.js';

/** What a user does to a run on the server. */
export type Intervention = {readonly runId: RunId} & (
  | {readonly kind: 'stop'; readonly isForced: boolean}
  /** Stops a run that waits for an answer: the server would lose a request to stop it. */
  | {readonly kind: 'abort'; readonly questionId: string}
  | {readonly kind: 'answer'; readonly questionId: string; readonly value: Json | undefined}
  /** Has the orchestrator report the status of the run and its steps. */
  | {readonly kind: 'refresh'}
);

/** Whether the server may have carried out a request that failed like this. */
export const isOutcomeUnknown = (failure: Failure): boolean =>
  failure.kind !== 'not-signed-in' &&
  failure.kind !== 'untrusted' &&
  (isOutage(failure) ? !(failure.kind === 'refused' && failure.status === 429) : failure.kind === 'malformed');

/** Whether the run is stopping although the server reported an error: its orchestrator cannot be forced. */
export const isForceUnsupported = (intervention: Intervention, failure: Failure): boolean =>
  intervention.kind === 'stop' && intervention.isForced && failure.kind === 'refused' && failure.status === 501;
