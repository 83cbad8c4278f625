import type {StepDetail} from '../attempt.js';
import type {StepId} from '../ids.js';
import type {Instant} from '../instant.js';
import type {Run} from '../run.js';
import {isFinished} from '../status.js';
import {type Difference, differencesBetween} from './difference.js';

/** How the step went the last time it got to its end, in an earlier run of the pipeline. */
export type Precedent = {readonly run: Run; readonly detail: StepDetail};

/** What takes part in a cache key and can be seen in no answer of the server. */
export type Unseen = 'file dependencies' | 'source dependencies' | 'cache function' | 'artifact store path';

/** Why a step was or was not served from the cache. */
export type CacheAccount =
  | {readonly kind: 'reused'; readonly originalId: StepId | undefined}
  /** Taken over by a replay, whatever the cache says. */
  | {readonly kind: 'replayed'; readonly originalId: StepId | undefined}
  | {readonly kind: 'off'; readonly by: 'step' | 'pipeline'}
  /** Earlier runs have not been looked at yet. */
  | {readonly kind: 'not known yet'}
  | {readonly kind: 'nothing to reuse'}
  /** The key is the same, but the outputs had expired when they were looked for. */
  | {readonly kind: 'expired'; readonly at: Instant; readonly precedent: Precedent}
  /** The key is the same, but the other one had not ended when this one began. */
  | {readonly kind: 'too early'; readonly precedent: Precedent}
  | {readonly kind: 'differs'; readonly differences: readonly Difference[]; readonly precedent: Precedent}
  /** Another key, and all that can be seen is the same. */
  | {readonly kind: 'unseen difference'; readonly possible: readonly Unseen[]; readonly precedent: Precedent}
  /** The same key, and yet not reused. */
  | {readonly kind: 'unexplained'; readonly precedent: Precedent};

type Known = {
  readonly detail: StepDetail;
  readonly run: Run | undefined;
  readonly precedent: Precedent | undefined;
  /** All earlier runs that could tell have been looked at. */
  readonly isPrecedentKnown: boolean;
};

/**
 * Why the step was or was not served from the cache: caching must be on (`step.enable_cache`, else the pipeline's, else
 * yes), and a completed step run of the project must have the same key and not have expired. The client decides when it
 * starts the step, by comparing keys alone; the differences are what the two keys were made of.
 */
export const cacheAccountOf = ({detail, run, precedent, isPrecedentKnown}: Known): CacheAccount => {
  const {attempt, originalStepId: originalId} = detail;
  if (attempt.status === 'skipped') {
    return {kind: 'replayed', originalId};
  }

  if (attempt.status === 'cached') {
    return {kind: 'reused', originalId};
  }

  const ownWord = detail.config.isCacheEnabled;
  if ((ownWord ?? run?.config?.isCacheEnabled) === false) {
    return {kind: 'off', by: ownWord === false ? 'step' : 'pipeline'};
  }

  if (precedent === undefined) {
    return isPrecedentKnown ? {kind: 'nothing to reuse'} : {kind: 'not known yet'};
  }

  return detail.cacheKey !== undefined && detail.cacheKey === precedent.detail.cacheKey
    ? accountOfSameKey(detail, precedent)
    : accountOfOtherKey(detail, precedent);
};

const accountOfSameKey = ({attempt}: StepDetail, precedent: Precedent): CacheAccount => {
  const {cacheExpiresAt, attempt: before} = precedent.detail;
  const startedAt = attempt.startedAt ?? Number.POSITIVE_INFINITY;
  if (cacheExpiresAt !== undefined && cacheExpiresAt <= startedAt) {
    return {kind: 'expired', at: cacheExpiresAt, precedent};
  }

  const hadEnded = isFinished(before.status) && (before.endedAt ?? startedAt) < startedAt;
  return hadEnded ? {kind: 'unexplained', precedent} : {kind: 'too early', precedent};
};

const accountOfOtherKey = (detail: StepDetail, precedent: Precedent): CacheAccount => {
  const differences = differencesBetween(precedent.detail, detail);
  return differences.length > 0
    ? {kind: 'differs', differences, precedent}
    : {kind: 'unseen difference', possible: unseenOf(detail), precedent};
};

const unseenOf = ({config: {cachePolicy: policy}}: StepDetail): readonly Unseen[] => [
  ...((policy?.fileDependencies.length ?? 0) > 0 ? (['file dependencies'] as const) : []),
  ...((policy?.sourceDependencies.length ?? 0) > 0 ? (['source dependencies'] as const) : []),
  ...(policy?.cacheFunction === undefined ? [] : (['cache function'] as const)),
  'artifact store path',
];
