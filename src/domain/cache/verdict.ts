import type {StepDetail} from '../attempt.js';
import type {StepId} from '../ids.js';
import type {Instant} from '../instant.js';
import {isFinished} from '../status.js';
import {type Difference, findDifferences, getStoreId} from './difference.js';
import {getCachePolicy} from './identity.js';
import type {CacheSetting} from './setting.js';

/** Parts of a cache key that the server does not report. */
export type HiddenFactor =
  | 'artifact store'
  | 'artifact store path'
  | 'file dependencies'
  | 'source dependencies'
  | 'cache function';

/** Why a step was reused from the cache or ran. `comparedStep` is the previous step run that it was compared with. */
export type CacheVerdict =
  | {readonly kind: 'reused'; readonly originalId: StepId | undefined}
  /** Copied by a replay; caching was not involved. */
  | {readonly kind: 'replayed'; readonly originalId: StepId | undefined}
  | {readonly kind: 'off'; readonly by: 'step' | 'pipeline'}
  /** Previous runs have not been fetched yet. */
  | {readonly kind: 'not known yet'}
  /** No previous step run completed or was cached; `latest` is the newest one that has ended. */
  | {readonly kind: 'nothing to reuse'; readonly latest: StepDetail | undefined}
  /** The key is the same, but the outputs had expired when this step started. */
  | {readonly kind: 'expired'; readonly at: Instant; readonly comparedStep: StepDetail}
  /** The key is the same, but the compared step run had not ended when this one started. */
  | {readonly kind: 'too early'; readonly comparedStep: StepDetail}
  /** The key is the same, but the compared step run did not succeed. */
  | {readonly kind: 'not completed'; readonly comparedStep: StepDetail}
  | {readonly kind: 'differs'; readonly differences: readonly Difference[]; readonly comparedStep: StepDetail}
  /** The key changed, but nothing that the server reports did. */
  | {readonly kind: 'unseen difference'; readonly possible: readonly HiddenFactor[]; readonly comparedStep: StepDetail}
  /** The key is the same, but the outputs were not reused. */
  | {readonly kind: 'unexplained'; readonly comparedStep: StepDetail}
  /** The server has no key, and nothing that it reports has changed. */
  | {readonly kind: 'no key'; readonly comparedStep: StepDetail};

export type CacheVerdictInput = {
  readonly detail: StepDetail;
  /** `undefined` while it is not known. */
  readonly setting: CacheSetting | undefined;
  /** The step in previous runs of the pipeline, newest first, whatever its status. */
  readonly previous: readonly StepDetail[];
  /** Completed step runs of the project with the same key, no newer than this one; newest first. */
  readonly candidates: readonly StepDetail[];
  /** Whether everything that could explain it has been fetched. */
  readonly isAllKnown: boolean;
};

/**
 * Why the step was reused from the cache or ran. A step is reused if caching is enabled (see `getCacheSetting`) and the project has
 * a completed step run with the same key that has not expired. ZenML's client decides this when it starts the step, and compares
 * only keys; the differences are in what the two keys were computed from.
 */
export const getCacheVerdict = (input: CacheVerdictInput): CacheVerdict => {
  const {detail, setting, previous, candidates, isAllKnown} = input;
  const {attempt, originalStepId: originalId} = detail;
  if (attempt.status === 'skipped') {
    return {kind: 'replayed', originalId};
  }

  if (attempt.status === 'cached') {
    return {kind: 'reused', originalId};
  }

  if (setting?.isEnabled === false) {
    return {kind: 'off', by: setting.decidedBy};
  }

  const sameKey = [...candidates, ...previous].filter(other => hasSameKey(detail, other));
  const completed = sameKey.filter(other => other.attempt.status === 'completed');
  if (completed.length > 0) {
    return getCompletedVerdict(detail, completed);
  }

  return isAllKnown ? getPreviousVerdict(detail, previous, sameKey) : {kind: 'not known yet'};
};

const hasSameKey = (detail: StepDetail, other: StepDetail): boolean =>
  detail.cacheKey !== undefined && other.cacheKey === detail.cacheKey && other.attempt.id !== detail.attempt.id;

/** Why none of the completed step runs with the same key was reused. */
const getCompletedVerdict = ({attempt}: StepDetail, completed: readonly StepDetail[]): CacheVerdict => {
  const startedAt = attempt.startedAt ?? Number.POSITIVE_INFINITY;
  const isExpired = ({cacheExpiresAt}: StepDetail) => cacheExpiresAt !== undefined && cacheExpiresAt <= startedAt;
  const valid = completed.filter(other => !isExpired(other));
  const ended = valid.find(other => (other.attempt.endedAt ?? startedAt) < startedAt);
  if (ended !== undefined) {
    return {kind: 'unexplained', comparedStep: ended};
  }

  const [early] = valid;
  if (early !== undefined) {
    return {kind: 'too early', comparedStep: early};
  }

  const last = completed.reduce((a, b) => ((b.cacheExpiresAt ?? 0) > (a.cacheExpiresAt ?? 0) ? b : a));
  return {kind: 'expired', at: last.cacheExpiresAt ?? startedAt, comparedStep: last};
};

/**
 * Why the step ran although no step run with the same key has completed: one with that key did not complete, or the last
 * successful step run has another key.
 */
const getPreviousVerdict = (
  detail: StepDetail,
  previous: readonly StepDetail[],
  sameKey: readonly StepDetail[],
): CacheVerdict => {
  const [same] = sameKey;
  if (same !== undefined) {
    return getUncompletedVerdict(detail, same);
  }

  // A step that a replay skipped has a random key.
  const comparedStep = previous.find(({attempt: {status}}) => status === 'completed' || status === 'cached');
  if (comparedStep === undefined) {
    return {kind: 'nothing to reuse', latest: previous.find(({attempt}) => isFinished(attempt.status))};
  }

  const differences = findDifferences(comparedStep, detail);
  if (differences.length > 0) {
    return {kind: 'differs', differences, comparedStep};
  }

  return detail.cacheKey === undefined || comparedStep.cacheKey === undefined
    ? {kind: 'no key', comparedStep}
    : {kind: 'unseen difference', possible: getHiddenFactors(detail, comparedStep), comparedStep};
};

/** Why a step run with the same key was not reused, if it has not completed but was cached or did not succeed. */
const getUncompletedVerdict = ({attempt}: StepDetail, same: StepDetail): CacheVerdict => {
  if (same.attempt.status !== 'cached') {
    return {kind: 'not completed', comparedStep: same};
  }

  // It expires together with the original step run.
  const at = same.cacheExpiresAt;
  return at !== undefined && at <= (attempt.startedAt ?? Number.POSITIVE_INFINITY)
    ? {kind: 'expired', at, comparedStep: same}
    : {kind: 'unexplained', comparedStep: same};
};

const getHiddenFactors = (detail: StepDetail, other: StepDetail): readonly HiddenFactor[] => {
  const policy = getCachePolicy(detail);
  const isStoreSeen = getStoreId(detail) !== undefined && getStoreId(other) !== undefined;
  return [
    ...(isStoreSeen ? [] : (['artifact store'] as const)),
    'artifact store path',
    ...(policy.fileDependencies.length > 0 ? (['file dependencies'] as const) : []),
    ...(policy.sourceDependencies.length > 0 ? (['source dependencies'] as const) : []),
    ...(policy.cacheFunction === undefined ? [] : (['cache function'] as const)),
  ];
};
