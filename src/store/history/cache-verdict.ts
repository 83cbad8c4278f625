import type {StepDetail} from '../../domain/attempt.js';
import {getCacheSetting} from '../../domain/cache/setting.js';
import {type CacheVerdict, getCacheVerdict} from '../../domain/cache/verdict.js';
import type {StepId} from '../../domain/ids.js';
import type {Run} from '../../domain/run.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import {getPreviousSteps, isHistoryKnown, type RunHistory} from './history.js';

export const getCacheCandidatesKey = (stepId: StepId): string => `cache-candidates:${stepId}`;

/** Why an attempt of this run was or was not served from the cache, as far as is known from the responses so far. */
export const selectCacheVerdict = (state: State, openRun: OpenRun, detail: StepDetail): CacheVerdict => {
  const {run, history} = openRun;
  const {id, name} = detail.attempt;
  const candidates = history.candidatesById.get(id);
  // If this request fails, the verdict does without its response: previous runs of the pipeline usually give the same reason.
  const isSettled =
    candidates !== undefined || state.requestsByKey.get(getCacheCandidatesKey(id))?.failure !== undefined;
  const areCandidatesKnown = isSettled || !canHaveCandidates(detail);
  const isAllKnown =
    areCandidatesKnown && run !== undefined && (run.pipeline === undefined || isHistoryKnown(openRun, name));
  const memo = verdictByDetail.get(detail);
  if (memo !== undefined && memo.run === run && memo.history === history && memo.isAllKnown === isAllKnown) {
    return memo.verdict;
  }

  const verdict = getCacheVerdict({
    detail,
    setting: getCacheSetting(detail, run),
    previous: getPreviousSteps(openRun, name).map(step => step.detail),
    candidates: candidates ?? [],
    isAllKnown,
  });
  verdictByDetail.set(detail, {run, history, isAllKnown, verdict});
  return verdict;
};

/** Whether the server can be queried for step runs that could have been reused. */
const canHaveCandidates = ({cacheKey, attempt}: StepDetail): boolean =>
  cacheKey !== undefined && attempt.startedAt !== undefined;

type VerdictMemo = {
  readonly run: Run | undefined;
  readonly history: RunHistory;
  readonly isAllKnown: boolean;
  readonly verdict: CacheVerdict;
};

// Verdicts are selected often, for needs and for rendering, and there may be many inputs to compare.
const verdictByDetail = new WeakMap<StepDetail, VerdictMemo>();

/** The latest attempt of a step of this run, with its details. */
export const findLatestStepDetail = (openRun: OpenRun, name: string): StepDetail | undefined => {
  const step = findStep(openRun.table, name);
  const attempt = step && findLatestAttempt(step);
  return attempt && openRun.detailsById.get(attempt.id);
};

/** The steps of this run that ran again and thereby changed an input of the step. */
export const getRerunWriters = (openRun: OpenRun, verdict: CacheVerdict): readonly string[] => {
  const differences = verdict.kind === 'differs' ? verdict.differences : [];
  const writers = differences.flatMap(difference => (difference.kind === 'input' ? (difference.writer ?? []) : []));
  return [...new Set(writers)].filter(name => {
    const step = findStep(openRun.table, name);
    return step !== undefined && findLatestAttempt(step)?.status === 'completed';
  });
};

/** The run that a step run belongs to: this one, or another one if it is known. */
export const findDetailRun = (
  {run, runId, referencedRunsById, history}: OpenRun,
  detail: StepDetail,
): Run | undefined => {
  if (detail.runId === undefined || detail.runId === runId) {
    return run;
  }

  return history.runs?.find(({id}) => id === detail.runId) ?? referencedRunsById.get(detail.runId);
};
