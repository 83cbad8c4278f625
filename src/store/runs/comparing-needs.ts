import type {RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Need} from '../query.js';
import {endGraceMs} from '../requests/pace.js';
import {atOnce, getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {unknownRun} from './comparison.js';
import {isRunsInvalidated, selectProjectId} from './runs-needs.js';

/**
 * A run in progress is fetched again after this pause while it is compared, in milliseconds; after a longer one if
 * that is expensive.
 */
const gapMs = 10_000;
const loadRatio = 20;
/** A run that is over may be tagged or resumed. */
const endedGapMs = 60_000;
/** The parameters of a step never change; only other steps may start. */
const parametersGapMs = 60_000;

export const getComparedRunKey = (runId: RunId): string => `runs:compared:${runId}`;

export const getComparedStepsKey = (runId: RunId): string => `runs:compared-steps:${runId}`;

/** What the comparison shows: each run with its metadata, how its steps went, and their parameters. */
export const getComparingNeeds = (state: State, runIds: readonly RunId[]): readonly Need[] =>
  runIds.flatMap(runId => {
    const {run, steps, stepParameters} = state.runs.comparison.get(runId) ?? unknownRun;
    const isOver = run !== undefined && !isRunInProgress(run);
    const runKey = getComparedRunKey(runId);
    const stepsKey = getComparedStepsKey(runId);
    const parametersKey = `runs:compared-parameters:${runId}`;
    const projectId = selectProjectId(state);
    const getLiveDueAt = (key: string, minGapMs: number): Instant => {
      const request = state.requestsByKey.get(key);
      const isOutdated = isRunsInvalidated(state, request);
      return getDueAt(state, key, isOutdated ? 0 : Math.max(minGapMs, loadRatio * (request?.tookMs ?? 0)));
    };
    const getStepsDueAt = (key: string, isKnown: boolean, minGapMs: number): Instant =>
      isOver && isKnown && hasStepsAtEnd(state, run, key) ? never : getLiveDueAt(key, minGapMs);
    return [
      {key: runKey, query: {kind: 'compared-run', runId}, dueAt: getLiveDueAt(runKey, isOver ? endedGapMs : gapMs)},
      {
        key: stepsKey,
        query: {kind: 'compared-steps', runId, projectId},
        dueAt: getStepsDueAt(stepsKey, steps !== undefined, gapMs),
      },
      {
        key: parametersKey,
        query: {kind: 'compared-parameters', runId, projectId},
        dueAt: getStepsDueAt(parametersKey, stepParameters !== undefined, isOver ? gapMs : parametersGapMs),
      },
    ] satisfies readonly Need[];
  });

/** Whether the response was requested after the end of the run, when its last steps had been recorded, and still counts. */
const hasStepsAtEnd = (state: State, {endedAt}: Run, key: string): boolean => {
  const request = state.requestsByKey.get(key);
  const finalAt = endedAt === undefined ? atOnce : endedAt - state.clockOffsetMs + endGraceMs;
  return request?.asOf !== undefined && request.asOf >= finalAt && !isRunsInvalidated(state, request);
};
