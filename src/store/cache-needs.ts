import type {StepDetail} from '../domain/attempt.js';
import {latestAttempt} from '../domain/step.js';
import {stepNamed} from '../domain/step-table.js';
import {cacheAccountIn, cacheCandidatesKey, latestDetail, runOfDetail, writersThatRan} from './cache-accounts.js';
import {otherRunNeed, stepNeed} from './detail-needs.js';
import {earlierStepNeeds} from './earlier-needs.js';
import type {Need} from './query.js';
import {dueAfter, never} from './requests.js';
import {isPaneShown, shownDetail} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

const pauseMs = 5000;

/** How long the cursor rests on a step before it is asked who has the same key, in milliseconds. */
const restMs = 300;

/** More step runs with the same key tell no more: the newest expires last. */
const mostCandidates = 3;

/** Of so many steps that gave this one another input it is asked why they ran. */
const mostWriters = 4;

/** What tells why the shown step was not served from the cache, beside how it went in earlier runs. */
export const cacheNeeds = (state: State, watch: Watch): readonly Need[] => {
  if (state.session.isScreenless === true || watch.pane.tab !== 'cache' || !isPaneShown(state)) {
    return [];
  }

  const detail = shownDetail(state);
  if (detail === undefined) {
    return [];
  }

  const account = cacheAccountIn(state, watch, detail);
  const writers = writersThatRan(watch, account).slice(0, mostWriters);
  return [
    ...accountNeeds(state, watch, detail),
    ...('other' in account ? runNeeds(state, watch, account.other) : []),
    ...writers.flatMap(name => writerNeeds(state, watch, name)),
  ];
};

/** Only where nothing else tells: with caching on, of a step that ran. */
const accountNeeds = (state: State, watch: Watch, detail: StepDetail): readonly Need[] => {
  const {cacheKey, attempt} = detail;
  const isKnown = watch.earlier.candidatesById.has(attempt.id);
  const account = cacheAccountIn(state, watch, detail);
  const isTold = account.kind === 'reused' || account.kind === 'replayed' || account.kind === 'off';
  if (isKnown || isTold || cacheKey === undefined || attempt.startedAt === undefined) {
    return [];
  }

  const key = cacheCandidatesKey(attempt.id);
  const isRefused = state.requests.get(key)?.failure?.kind === 'not-found';
  return [
    {
      key,
      query: {
        kind: 'cache-candidates',
        stepId: attempt.id,
        projectId: watch.run?.projectId,
        cacheKey,
        before: attempt.startedAt,
        size: mostCandidates,
      },
      dueAt: isRefused ? never : dueAfter(state, key, pauseMs),
      restMs,
    },
  ];
};

const runNeeds = (state: State, watch: Watch, other: StepDetail): readonly Need[] =>
  other.runId === undefined || runOfDetail(watch, other) !== undefined ? [] : [otherRunNeed(state, other.runId)];

const writerNeeds = (state: State, watch: Watch, name: string): readonly Need[] => {
  const detail = latestDetail(watch, name);
  if (detail !== undefined) {
    return [...earlierStepNeeds(state, watch, name), ...accountNeeds(state, watch, detail)];
  }

  const step = stepNamed(watch.table, name);
  const attempt = step && latestAttempt(step);
  return attempt === undefined ? [] : [{...stepNeed(state, attempt.id, pauseMs), restMs}];
};
