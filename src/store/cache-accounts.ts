import type {StepDetail} from '../domain/attempt.js';
import {type CacheAccount, cacheAccountOf, pipelineCaching} from '../domain/cache/account.js';
import type {StepId} from '../domain/ids.js';
import type {Run} from '../domain/run.js';
import {latestAttempt} from '../domain/step.js';
import {stepNamed} from '../domain/step-table.js';
import {type Earlier, earlierStepsOf, isEarlierKnown} from './earlier.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

export const cacheCandidatesKey = (stepId: StepId): string => `cache-candidates:${stepId}`;

/** Why an attempt of this run was or was not served from the cache, as far as what has been asked tells. */
export const cacheAccountIn = (state: State, watch: Watch, detail: StepDetail): CacheAccount => {
  const {run, earlier} = watch;
  const {id, name} = detail.attempt;
  const candidates = earlier.candidatesById.get(id);
  // What a server does not answer is left out: earlier runs of the pipeline mostly tell the same.
  const isAsked = candidates !== undefined || state.requests.get(cacheCandidatesKey(id))?.failure !== undefined;
  const areCandidatesKnown = isAsked || !hasCandidates(detail);
  const isAllKnown =
    areCandidatesKnown && run !== undefined && (run.pipeline === undefined || isEarlierKnown(watch, name));
  const held = accountsByDetail.get(detail);
  if (held !== undefined && held.run === run && held.earlier === earlier && held.isAllKnown === isAllKnown) {
    return held.account;
  }

  const account = cacheAccountOf({
    detail,
    isPipelineCached: pipelineCaching(run),
    earlier: earlierStepsOf(watch, name).map(step => step.detail),
    candidates: candidates ?? [],
    isAllKnown,
  });
  accountsByDetail.set(detail, {run, earlier, isAllKnown, account});
  return account;
};

/** Whether it can be asked which step runs might have been reused for it. */
const hasCandidates = ({cacheKey, attempt}: StepDetail): boolean =>
  cacheKey !== undefined && attempt.startedAt !== undefined;

type Held = {
  readonly run: Run | undefined;
  readonly earlier: Earlier;
  readonly isAllKnown: boolean;
  readonly account: CacheAccount;
};

// Needs and drawing ask for the same again and again, and inputs may be many.
const accountsByDetail = new WeakMap<StepDetail, Held>();

/** The latest attempt of a step of this run, as its own page tells it. */
export const latestDetail = (watch: Watch, name: string): StepDetail | undefined => {
  const step = stepNamed(watch.table, name);
  const attempt = step && latestAttempt(step);
  return attempt && watch.detailsById.get(attempt.id);
};

/** The steps of this run that ran again and thereby gave the step another input. */
export const writersThatRan = (watch: Watch, account: CacheAccount): readonly string[] => {
  const differences = account.kind === 'differs' ? account.differences : [];
  const writers = differences.flatMap(difference => (difference.kind === 'input' ? (difference.writer ?? []) : []));
  return [...new Set(writers)].filter(name => {
    const step = stepNamed(watch.table, name);
    return step !== undefined && latestAttempt(step)?.status === 'completed';
  });
};

/** The run of a step run: this one, or another as far as it is known. */
export const runOfDetail = ({run, runId, otherRunsById, earlier}: Watch, detail: StepDetail): Run | undefined => {
  if (detail.runId === undefined || detail.runId === runId) {
    return run;
  }

  return earlier.runs?.find(({id}) => id === detail.runId) ?? otherRunsById.get(detail.runId);
};
