import type {StepDetail} from '../attempt.js';
import type {StepId} from '../ids.js';
import type {Instant} from '../instant.js';
import type {Json} from '../json.js';
import type {Run} from '../run.js';
import {isFinished} from '../status.js';
import {type Difference, findDifferences, getStoreId} from './difference.js';
import {getCachePolicy} from './identity.js';

/** What takes part in a cache key and can be seen in no answer of the server. */
export type HiddenFactor =
  | 'artifact store'
  | 'artifact store path'
  | 'numbers'
  | 'file dependencies'
  | 'source dependencies'
  | 'cache function';

/** Why a step was or was not served from the cache. `other` is the earlier step run that it was compared with. */
export type CacheVerdict =
  | {readonly kind: 'reused'; readonly originalId: StepId | undefined}
  /** Taken over by a replay, whatever the cache says. */
  | {readonly kind: 'replayed'; readonly originalId: StepId | undefined}
  | {readonly kind: 'off'; readonly by: 'step' | 'pipeline'}
  /** Earlier runs have not been looked at yet. */
  | {readonly kind: 'not known yet'}
  /** Nowhere has it ended well before; `latest` is the newest earlier one that did not. */
  | {readonly kind: 'nothing to reuse'; readonly latest: StepDetail | undefined}
  /** The key is the same, but the outputs had expired when they were looked for. */
  | {readonly kind: 'expired'; readonly at: Instant; readonly other: StepDetail}
  /** The key is the same, but the other one had not ended when this one began. */
  | {readonly kind: 'too early'; readonly other: StepDetail}
  /** The key is the same, but the other one had not ended well. */
  | {readonly kind: 'not completed'; readonly other: StepDetail}
  | {readonly kind: 'differs'; readonly differences: readonly Difference[]; readonly other: StepDetail}
  /** Another key, and all that can be seen is the same. */
  | {readonly kind: 'unseen difference'; readonly possible: readonly HiddenFactor[]; readonly other: StepDetail}
  /** The same key, and yet not reused. */
  | {readonly kind: 'unexplained'; readonly other: StepDetail}
  /** The server tells no key, and nothing that differs. */
  | {readonly kind: 'no key'; readonly other: StepDetail};

export type CacheVerdictInput = {
  readonly detail: StepDetail;
  /** Whether the pipeline's own setting lets its steps be cached; `undefined`: it says nothing. */
  readonly isPipelineCached: boolean | undefined;
  /** The step in earlier runs of the pipeline, newest first, however it went there. */
  readonly earlier: readonly StepDetail[];
  /** Completed step runs of the project with the same key that are no newer than this one, newest first. */
  readonly candidates: readonly StepDetail[];
  /** Nothing more can come that would tell. */
  readonly isAllKnown: boolean;
};

/** The pipeline's word on caching. */
export const getPipelineCaching = (run: Run | undefined): boolean | undefined => run?.config?.isCacheEnabled;

/**
 * Why the step was or was not served from the cache: caching must be on (`step.enable_cache`, else the pipeline's, else
 * yes), and a completed step run of the project must have the same key and not have expired. The client decides when it
 * starts the step, by comparing keys alone; the differences are what the two keys were made of.
 */
export const getCacheVerdict = (known: CacheVerdictInput): CacheVerdict => {
  const {detail, isPipelineCached, earlier, candidates, isAllKnown} = known;
  const {attempt, originalStepId: originalId} = detail;
  if (attempt.status === 'skipped') {
    return {kind: 'replayed', originalId};
  }

  if (attempt.status === 'cached') {
    return {kind: 'reused', originalId};
  }

  const ownWord = detail.config.isCacheEnabled;
  if ((ownWord ?? isPipelineCached) === false) {
    return {kind: 'off', by: ownWord === false ? 'step' : 'pipeline'};
  }

  const sameKey = [...candidates, ...earlier].filter(other => hasSameKey(detail, other));
  const completed = sameKey.filter(other => other.attempt.status === 'completed');
  if (completed.length > 0) {
    return getCompletedVerdict(detail, completed);
  }

  return isAllKnown ? getPreviousVerdict(detail, earlier, sameKey) : {kind: 'not known yet'};
};

const hasSameKey = (detail: StepDetail, other: StepDetail): boolean =>
  detail.cacheKey !== undefined && other.cacheKey === detail.cacheKey && other.attempt.id !== detail.attempt.id;

/** Why none of the completed step runs with the same key would do. */
const getCompletedVerdict = ({attempt}: StepDetail, completed: readonly StepDetail[]): CacheVerdict => {
  const startedAt = attempt.startedAt ?? Number.POSITIVE_INFINITY;
  const isExpired = ({cacheExpiresAt}: StepDetail) => cacheExpiresAt !== undefined && cacheExpiresAt <= startedAt;
  const valid = completed.filter(other => !isExpired(other));
  const ended = valid.find(other => (other.attempt.endedAt ?? startedAt) < startedAt);
  if (ended !== undefined) {
    return {kind: 'unexplained', other: ended};
  }

  const [early] = valid;
  if (early !== undefined) {
    return {kind: 'too early', other: early};
  }

  const last = completed.reduce((a, b) => ((b.cacheExpiresAt ?? 0) > (a.cacheExpiresAt ?? 0) ? b : a));
  return {kind: 'expired', at: last.cacheExpiresAt ?? startedAt, other: last};
};

/** What kept it from being reused is told by the last time that it ended well, where the key was another one. */
const getPreviousVerdict = (
  detail: StepDetail,
  earlier: readonly StepDetail[],
  sameKey: readonly StepDetail[],
): CacheVerdict => {
  const [same] = sameKey;
  if (same !== undefined) {
    return getUncompletedVerdict(detail, same);
  }

  // A step that a replay took over has a key that was drawn by lot.
  const other = earlier.find(({attempt: {status}}) => status === 'completed' || status === 'cached');
  if (other === undefined) {
    return {kind: 'nothing to reuse', latest: earlier.find(({attempt}) => isFinished(attempt.status))};
  }

  const differences = findDifferences(other, detail);
  if (differences.length > 0) {
    return {kind: 'differs', differences, other};
  }

  return detail.cacheKey === undefined || other.cacheKey === undefined
    ? {kind: 'no key', other}
    : {kind: 'unseen difference', possible: getHiddenFactors(detail, other), other};
};

/** The same key, in a row that itself can never be reused: one that was served from the cache, or did not end well. */
const getUncompletedVerdict = ({attempt}: StepDetail, same: StepDetail): CacheVerdict => {
  if (same.attempt.status !== 'cached') {
    return {kind: 'not completed', other: same};
  }

  // It expires when the step does whose outputs it took over.
  const at = same.cacheExpiresAt;
  return at !== undefined && at <= (attempt.startedAt ?? Number.POSITIVE_INFINITY)
    ? {kind: 'expired', at, other: same}
    : {kind: 'unexplained', other: same};
};

const getHiddenFactors = (detail: StepDetail, other: StepDetail): readonly HiddenFactor[] => {
  const policy = getCachePolicy(detail);
  const isStoreSeen = getStoreId(detail) !== undefined && getStoreId(other) !== undefined;
  return [
    ...(isStoreSeen ? [] : (['artifact store'] as const)),
    'artifact store path',
    ...(policy.includesStepParameters && hasNumber(detail.config.parameters) ? (['numbers'] as const) : []),
    ...(policy.fileDependencies.length > 0 ? (['file dependencies'] as const) : []),
    ...(policy.sourceDependencies.length > 0 ? (['source dependencies'] as const) : []),
    ...(policy.cacheFunction === undefined ? [] : (['cache function'] as const)),
  ];
};

/** Python tells 1 from 1.0 and huge numbers from their neighbours; what reads JSON here does not. */
const hasNumber = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && Object.values(value).some(hasNumber));
