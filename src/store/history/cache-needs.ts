import type {StepDetail} from '../../domain/attempt.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import {getReferencedRunNeed, getStepNeed} from '../run/detail-needs.js';
import {isInvalidated} from '../run/is-invalidated.js';
import type {OpenRun} from '../run/open-run.js';
import {isPaneShown, selectShownDetail} from '../selectors.js';
import type {State} from '../state.js';
import {
  findDetailRun,
  findLatestStepDetail,
  getCacheCandidatesKey,
  getRerunWriters,
  selectCacheVerdict,
} from './cache-verdict.js';
import {getPreviousStepNeeds} from './previous-needs.js';

/** If a response did not contain what is missing, it is requested again after this pause, in milliseconds. */
const pauseMs = 5000;

/** How long a step must be selected before step runs with the same cache key are fetched, in milliseconds. */
const restMs = 300;

/** More step runs with the same key add nothing: the newest expires last. */
const maxCandidates = 3;

/** If upstream steps changed an input of the selected step, what explains why they ran is fetched for at most this many of them. */
const maxWriters = 4;

/** What explains why the selected step was not served from the cache, besides its results in previous runs. */
export const getCacheNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  if (state.session.isScreenless === true || openRun.pane.tab !== 'cache' || !isPaneShown(state)) {
    return [];
  }

  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return [];
  }

  const verdict = selectCacheVerdict(state, openRun, detail);
  const writers = getRerunWriters(openRun, verdict).slice(0, maxWriters);
  return [
    ...getCandidateNeeds(state, openRun, detail),
    ...('comparedStep' in verdict ? getComparedRunNeeds(state, openRun, verdict.comparedStep) : []),
    ...writers.flatMap(name => getWriterNeeds(state, openRun, name)),
  ];
};

/**
 * Step runs that could have been reused; only for a step that ran although caching was enabled, because nothing else explains that.
 */
const getCandidateNeeds = (state: State, openRun: OpenRun, detail: StepDetail): readonly Need[] => {
  const {cacheKey, attempt} = detail;
  const key = getCacheCandidatesKey(attempt.id);
  const isKnown =
    openRun.history.candidatesById.has(attempt.id) && !isInvalidated(openRun, state.requestsByKey.get(key));
  const verdict = selectCacheVerdict(state, openRun, detail);
  const isExplained = verdict.kind === 'reused' || verdict.kind === 'replayed' || verdict.kind === 'off';
  if (isKnown || isExplained || cacheKey === undefined || attempt.startedAt === undefined) {
    return [];
  }

  const isGone = state.requestsByKey.get(key)?.failure?.kind === 'not-found';
  return [
    {
      key,
      query: {
        kind: 'cache-candidates',
        stepId: attempt.id,
        projectId: openRun.run?.projectId,
        cacheKey,
        before: attempt.startedAt,
        size: maxCandidates,
      },
      dueAt: isGone ? never : getDueAt(state, key, pauseMs),
      restMs,
    },
  ];
};

const getComparedRunNeeds = (state: State, openRun: OpenRun, comparedStep: StepDetail): readonly Need[] =>
  comparedStep.runId === undefined || findDetailRun(openRun, comparedStep) !== undefined
    ? []
    : [getReferencedRunNeed(state, comparedStep.runId)];

const getWriterNeeds = (state: State, openRun: OpenRun, name: string): readonly Need[] => {
  const detail = findLatestStepDetail(openRun, name);
  if (detail !== undefined) {
    return [...getPreviousStepNeeds(state, openRun, name), ...getCandidateNeeds(state, openRun, detail)];
  }

  const step = findStep(openRun.table, name);
  const attempt = step && findLatestAttempt(step);
  return attempt === undefined ? [] : [{...getStepNeed(state, attempt.id, pauseMs), restMs}];
};
