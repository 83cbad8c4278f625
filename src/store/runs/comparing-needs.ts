import type {RunId} from '../../domain/ids.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {unknownRun} from './comparison.js';
import {selectProjectId} from './runs-needs.js';

/** What goes on while it is compared is looked at again after this pause, in milliseconds, or longer where that is dear. */
const gapMs = 10_000;
const loadShare = 20;
/** A step is given its parameters once; what changes is that other steps begin. */
const parametersGapMs = 60_000;

export const getComparedRunKey = (runId: RunId): string => `runs:compared:${runId}`;

/** What the comparison shows: each run with what it logged, how its steps went, and what they were given. */
export const getComparingNeeds = (state: State, runIds: readonly RunId[]): readonly Need[] =>
  runIds.flatMap(runId => {
    const {run, steps, stepParameters} = state.runs.comparison.get(runId) ?? unknownRun;
    const isOpenEnded = run === undefined || isRunInProgress(run);
    const due = (key: string, isKnown: boolean, leastGapMs = gapMs) => {
      const tookMs = state.requests.get(key)?.tookMs ?? 0;
      return isKnown && !isOpenEnded ? never : getDueAt(state, key, Math.max(leastGapMs, loadShare * tookMs));
    };
    const runKey = getComparedRunKey(runId);
    const stepsKey = `runs:compared-steps:${runId}`;
    const parametersKey = `runs:compared-parameters:${runId}`;
    const projectId = selectProjectId(state);
    return [
      {key: runKey, query: {kind: 'compared-run', runId}, dueAt: due(runKey, run !== undefined)},
      {
        key: stepsKey,
        query: {kind: 'compared-steps', runId, projectId},
        dueAt: due(stepsKey, steps !== undefined),
      },
      {
        key: parametersKey,
        query: {kind: 'compared-parameters', runId, projectId},
        dueAt: due(parametersKey, stepParameters !== undefined, parametersGapMs),
      },
    ] satisfies readonly Need[];
  });
