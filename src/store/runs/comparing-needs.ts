import type {RunId} from '../../domain/ids.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {unknownRun} from './comparison.js';
import {selectProjectId} from './runs-needs.js';

/**
 * A run in progress is fetched again after this pause while it is compared, in milliseconds; after a longer one if
 * that is expensive.
 */
const gapMs = 10_000;
const loadShare = 20;
/** The parameters of a step never change; only other steps may start. */
const parametersGapMs = 60_000;

export const getComparedRunKey = (runId: RunId): string => `runs:compared:${runId}`;

/** What the comparison shows: each run with its metadata, how its steps went, and their parameters. */
export const getComparingNeeds = (state: State, runIds: readonly RunId[]): readonly Need[] =>
  runIds.flatMap(runId => {
    const {run, steps, stepParameters} = state.runs.comparison.get(runId) ?? unknownRun;
    const isOpenEnded = run === undefined || isRunInProgress(run);
    const getNeedDueAt = (key: string, isKnown: boolean, minGapMs = gapMs) => {
      const tookMs = state.requests.get(key)?.tookMs ?? 0;
      return isKnown && !isOpenEnded ? never : getDueAt(state, key, Math.max(minGapMs, loadShare * tookMs));
    };
    const runKey = getComparedRunKey(runId);
    const stepsKey = `runs:compared-steps:${runId}`;
    const parametersKey = `runs:compared-parameters:${runId}`;
    const projectId = selectProjectId(state);
    return [
      {key: runKey, query: {kind: 'compared-run', runId}, dueAt: getNeedDueAt(runKey, run !== undefined)},
      {
        key: stepsKey,
        query: {kind: 'compared-steps', runId, projectId},
        dueAt: getNeedDueAt(stepsKey, steps !== undefined),
      },
      {
        key: parametersKey,
        query: {kind: 'compared-parameters', runId, projectId},
        dueAt: getNeedDueAt(parametersKey, stepParameters !== undefined, parametersGapMs),
      },
    ] satisfies readonly Need[];
  });
