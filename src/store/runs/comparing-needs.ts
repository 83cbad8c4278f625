import type {RunId} from '../../domain/ids.js';
import {isGoingOn} from '../../domain/run-row.js';
import type {Need} from '../query.js';
import {dueAfter, never} from '../requests.js';
import type {State} from '../state.js';
import {unknownRun} from './comparison.js';
import {listedProjectId} from './runs-needs.js';

/** What goes on while it is compared is looked at again after this pause, in milliseconds, or longer where that is dear. */
const gapMs = 10_000;
const loadShare = 20;

export const comparedRunKey = (runId: RunId): string => `runs:compared:${runId}`;

/** What the comparison shows: each run with what it logged, and how its steps went. */
export const comparingNeeds = (state: State, runIds: readonly RunId[]): readonly Need[] =>
  runIds.flatMap(runId => {
    const {run, steps} = state.runs.comparison.get(runId) ?? unknownRun;
    const isOpenEnded = run === undefined || isGoingOn(run);
    const due = (key: string, isKnown: boolean) => {
      const tookMs = state.requests.get(key)?.tookMs ?? 0;
      return isKnown && !isOpenEnded ? never : dueAfter(state, key, Math.max(gapMs, loadShare * tookMs));
    };
    const [runKey, stepsKey] = [comparedRunKey(runId), `runs:compared-steps:${runId}`];
    return [
      {key: runKey, query: {kind: 'compared-run', runId}, dueAt: due(runKey, run !== undefined)},
      {
        key: stepsKey,
        query: {kind: 'compared-steps', runId, projectId: listedProjectId(state)},
        dueAt: due(stepsKey, steps !== undefined),
      },
    ] satisfies readonly Need[];
  });
