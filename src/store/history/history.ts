import type {StepDetail} from '../../domain/attempt.js';
import type {RunId, StepId} from '../../domain/ids.js';
import type {PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import type {OpenRun} from '../run/open-run.js';

/** Runs of the same pipeline before the open one, as far as somebody looks at what they tell. */
export type RunHistory = {
  /** Newest first, hydrated; `undefined` until they came. Some may still be going on. */
  readonly runs: readonly Run[] | undefined;
  /** How long things took in those of them that ended well, as far as they have been asked. */
  readonly pastRuns: readonly PastRun[];
  /** The latest attempt of a step in one of these runs, by `earlierKey`; `undefined`: that run has no such step. */
  readonly stepsByKey: ReadonlyMap<string, StepDetail | undefined>;
  /** Completed step runs with the cache key of an attempt that began no later than it, newest first. */
  readonly candidatesById: ReadonlyMap<StepId, readonly StepDetail[]>;
};

export const emptyHistory: RunHistory = {
  runs: undefined,
  pastRuns: [],
  stepsByKey: new Map(),
  candidatesById: new Map(),
};

export const getHistoryKey = (runId: RunId, stepName: string): string => `${runId} ${stepName}`;

/** A step as it went in an earlier run. */
export type EarlierStep = {readonly run: Run; readonly detail: StepDetail};

/** How the step with this name went in earlier runs, newest first, as far as they have been asked. */
export const getEarlierSteps = ({history}: Pick<OpenRun, 'history'>, stepName: string): readonly EarlierStep[] =>
  (history.runs ?? []).flatMap(run => {
    const detail = history.stepsByKey.get(getHistoryKey(run.id, stepName));
    return detail === undefined ? [] : [{run, detail}];
  });

/** The newest earlier run in which the step got to its end, and what it was like there. */
export const findEarlierStep = (openRun: Pick<OpenRun, 'history'>, stepName: string): EarlierStep | undefined =>
  getEarlierSteps(openRun, stepName).find(({detail}) => isDone(detail));

/**
 * Where to look next for the last time that the step got to its end: the newest earlier run not looked at yet; `undefined`
 * when it was found, or in none of them.
 */
export const findUnseenEarlierRun = (openRun: OpenRun, stepName: string): Run | undefined => {
  for (const run of openRun.history.runs ?? []) {
    const key = getHistoryKey(run.id, stepName);
    if (!openRun.history.stepsByKey.has(key)) {
      return run;
    }

    const detail = openRun.history.stepsByKey.get(key);
    if (detail !== undefined && isDone(detail)) {
      return undefined;
    }
  }

  return undefined;
};

/** Whether all has been looked at that could tell how the step went the last time. */
export const isHistoryKnown = (openRun: OpenRun, stepName: string): boolean =>
  openRun.history.runs !== undefined && findUnseenEarlierRun(openRun, stepName) === undefined;

/** What a replay took over tells nothing: its key is drawn by lot, and its outputs are those of another run. */
const isDone = ({attempt: {status}}: StepDetail): boolean => status === 'completed' || status === 'cached';
