import type {StepDetail} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {LogActivity} from '../../domain/log/activity.js';
import {findMetadataProgress} from '../../domain/progress.js';
import {isFinished} from '../../domain/status.js';
import type {Action} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import {withActivity, withProgress} from './run-page.js';

/**
 * The open run with what a log says. Progress in a step's metadata is more precise, so it is kept. `asOf` is by the server's clock.
 */
export const withLogActivity = (openRun: OpenRun, id: StepId, activity: LogActivity, asOf: Instant): OpenRun => {
  const isInMetadata = findMetadataProgress(openRun.detailsById.get(id)?.metadata ?? {}) !== undefined;
  const page = withActivity(openRun.page, id, {...activity, asOf});
  return {...openRun, page: isInMetadata ? page : withProgress(page, id, activity.progress, asOf)};
};

/** The open run with the progress in the metadata of a step. `asOf` is by the server's clock. */
export const withLoggedProgress = (openRun: OpenRun, {attempt, metadata}: StepDetail, asOf: Instant): OpenRun => {
  const progress = isFinished(attempt.status) ? undefined : findMetadataProgress(metadata);
  const page = withProgress(openRun.page, attempt.id, progress, asOf);
  return page === openRun.page ? openRun : {...openRun, page};
};

type StreamedProgress = Extract<Action, {readonly type: 'progress/streamed'}>;

/** A progress event is newer than anything else that is known about the progress of its step. */
export const reduceStreamedProgress = (state: State, {runId, stepId, payload, at}: StreamedProgress): State => {
  const {openRun} = state;
  if (openRun?.runId !== runId) {
    return state;
  }

  const page = withProgress(openRun.page, stepId, findMetadataProgress(payload), at + state.clockOffsetMs);
  return page === openRun.page ? state : {...state, openRun: {...openRun, page}};
};
