import type {StepDetail} from '../../domain/attempt.js';
import {keepIfEqual} from '../../domain/equality.js';
import type {RunId, StepId} from '../../domain/ids.js';
import type {PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import {isRunInProgress} from '../../domain/run-row.js';

/** Runs of the same pipeline before the open one, fetched as far as something on the screen needs them. */
export type RunHistory = {
  /** Newest first, hydrated; `undefined` until they have been fetched. Some may still be in progress. */
  readonly runs: readonly Run[] | undefined;
  /** How long the steps of the completed ones took, as far as they have been fetched. */
  readonly pastRuns: readonly PastRun[];
  /** The latest attempt of a step in one of these runs, by `getHistoryKey`; `undefined` means that the run has no such step. */
  readonly stepsByKey: ReadonlyMap<string, StepDetail | undefined>;
  /** By attempt: the completed step runs that have its cache key and were created no later than it started, newest first. */
  readonly candidatesById: ReadonlyMap<StepId, readonly StepDetail[]>;
};

export const emptyHistory: RunHistory = {
  runs: undefined,
  pastRuns: [],
  stepsByKey: new Map(),
  candidatesById: new Map(),
};

export const getHistoryKey = (runId: RunId, stepName: string): string => `${runId} ${stepName}`;

type WithHistory = {readonly history: RunHistory};

/** A step as it went in a previous run. */
export type PreviousStep = {readonly run: Run; readonly detail: StepDetail};

/** How the step with this name went in previous runs, newest first, as far as they have been fetched. */
export const getPreviousSteps = ({history}: WithHistory, stepName: string): readonly PreviousStep[] =>
  (history.runs ?? []).flatMap(run => {
    const detail = history.stepsByKey.get(getHistoryKey(run.id, stepName));
    return detail === undefined ? [] : [{run, detail}];
  });

/** The latest previous run in which the step completed or was cached, and how it went there. */
export const findPreviousStep = (openRun: WithHistory, stepName: string): PreviousStep | undefined =>
  getPreviousSteps(openRun, stepName).find(({detail}) => isSuccessful(detail));

/**
 * The run to search next for the last time the step completed or was cached: the newest previous run that has not been searched
 * yet. `undefined` if the step has been found, or all of them have been searched.
 */
export const findUnseenPreviousRun = (openRun: WithHistory, stepName: string): Run | undefined => {
  for (const run of openRun.history.runs ?? []) {
    const key = getHistoryKey(run.id, stepName);
    if (!openRun.history.stepsByKey.has(key)) {
      return run;
    }

    const detail = openRun.history.stepsByKey.get(key);
    if (detail !== undefined && isSuccessful(detail)) {
      return undefined;
    }
  }

  return undefined;
};

/** Whether every previous run that could say how the step last went has been searched. */
export const isHistoryKnown = (openRun: WithHistory, stepName: string): boolean =>
  openRun.history.runs !== undefined && findUnseenPreviousRun(openRun, stepName) === undefined;

/**
 * The history with these previous runs. Steps that had not succeeded yet in a run that has ended since are forgotten, so that they are
 * fetched again.
 */
export const withPreviousRuns = (history: RunHistory, runs: readonly Run[]): RunHistory => {
  const idsInProgress = new Set((history.runs ?? []).filter(isRunInProgress).map(({id}) => id));
  const endedRuns = runs.filter(run => idsInProgress.has(run.id) && !isRunInProgress(run));
  const isOutdated = (key: string, detail: StepDetail | undefined): boolean =>
    (detail === undefined || !isSuccessful(detail)) && endedRuns.some(({id}) => key.startsWith(getHistoryKey(id, '')));
  const stepsByKey =
    endedRuns.length === 0
      ? history.stepsByKey
      : new Map([...history.stepsByKey].filter(([key, detail]) => !isOutdated(key, detail)));
  return {...history, runs: history.runs === undefined ? runs : keepIfEqual(history.runs, runs), stepsByKey};
};

/** A step that a replay reused does not count: its cache key is random, and its outputs belong to another run. */
const isSuccessful = ({attempt: {status}}: StepDetail): boolean => status === 'completed' || status === 'cached';
