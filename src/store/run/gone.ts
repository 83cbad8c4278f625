import type {Action} from '../action.js';
import {getRunKey} from '../needs.js';
import type {State} from '../state.js';
import {withSync} from './open-run.js';

type NewsFailure = Extract<Action, {readonly type: 'news/failed'}>;

/** How many times in a row the server must respond with “not found”: a replica that lags behind may briefly not know the run. */
const minResponses = 2;

/** How long the notice stays, in milliseconds; the header says permanently that the run is gone. */
const noticeMs = 10_000;

/**
 * The state after “not found”: the open run is gone if the response was about the run itself. If it was about its steps, the run
 * is looked up at once.
 */
export const withMissingRun = (state: State, {key, failure, at}: NewsFailure): State => {
  const {openRun, requestsByKey} = state;
  if (openRun === undefined || failure.kind !== 'not-found' || !key.endsWith(openRun.runId)) {
    return state;
  }

  if (key !== getRunKey(openRun.runId)) {
    return key.startsWith('steps:') ? {...state, openRun: withSync(openRun, {runDoubtedAt: at})} : state;
  }

  const isGone = openRun.goneAt === undefined && (requestsByKey.get(key)?.failedInARow ?? 0) >= minResponses;
  return isGone
    ? {
        ...state,
        openRun: {...openRun, goneAt: at},
        notice: {text: goneText, tone: 'problem', until: state.now + noticeMs},
      }
    : state;
};

const goneText = 'this run no longer exists on the server; see the list of runs';
