import type {Instant} from '../domain/instant.js';
import {getCacheNeeds} from './history/cache-needs.js';
import {getEarlierNeeds} from './history/earlier-needs.js';
import {getEstimateNeeds} from './history/estimate.js';
import {getLogNeeds} from './logs/log-needs.js';
import type {Need} from './query.js';
import {limitToProbe} from './requests/outage.js';
import {endGraceMs, getDagGapMs, getRunGapMs} from './requests/pace.js';
import {atOnce, getDueAt, getVitalDueAt, never} from './requests/reduce-requests.js';
import type {RequestState} from './requests/request.js';
import {getArtifactNeeds} from './run/artifact-needs.js';
import {getChildRunsNeeds} from './run/child-needs.js';
import {getMissedStepNeeds, getShownStepNeeds} from './run/detail-needs.js';
import type {OpenRun} from './run/open-run.js';
import {hasContradiction} from './run/run-ending.js';
import {getDagKey, getStepsDeltaKey} from './run/steps-keys.js';
import {getStepsNeeds, isInvalidated} from './run/steps-needs.js';
import {getComparingNeeds} from './runs/comparing-needs.js';
import {getNextRunNeeds} from './runs/next-run-needs.js';
import {getProjectNeeds} from './runs/project-needs.js';
import {getRunsNeeds} from './runs/runs-needs.js';
import type {State} from './state.js';
import {getBaseScreen} from './ui/screen.js';

const second = 1000;

export const getRunKey = (runId: string): string => `run:${runId}`;
const getPlanKey = (runId: string): string => `planned:${runId}`;

/** What must be fresh for what the screen shows, most urgent first. Nothing else is ever asked. */
export const getNeeds = (state: State): readonly Need[] => {
  if (state.isPaused) {
    return [];
  }

  return limitToProbe(state, [...getScreenNeeds(state), ...getProjectNeeds(state), getInfoNeed(state)]);
};

const getScreenNeeds = (state: State): readonly Need[] => {
  const screen = getBaseScreen(state.screen);
  switch (screen.name) {
    case 'runs':
      return getRunsNeeds(state);

    case 'comparing':
      return getComparingNeeds(state, screen.runIds);

    case 'run':
      return state.watch === undefined ? [] : getOpenRunNeeds(state, state.watch);
  }
};

const getOpenRunNeeds = (state: State, watch: OpenRun): readonly Need[] => {
  const {lists, resyncs} = getStepsNeeds(state, watch);
  return [
    getRunNeed(state, watch),
    ...lists,
    getGraphNeed(state, watch),
    ...getShownStepNeeds(state, watch),
    ...getChildRunsNeeds(state, watch),
    ...getLogNeeds(state, watch),
    ...getEarlierNeeds(state, watch),
    ...getCacheNeeds(state, watch),
    ...getArtifactNeeds(state, watch),
    ...resyncs,
    ...getMissedStepNeeds(state, watch),
    ...getNextRunNeeds(state, watch),
    ...getEstimateNeeds(state, watch),
  ];
};

/** A server that was restarted without our noticing is known as what it is after this long, in milliseconds. */
const infoGapMs = 600 * second;

/** However often a bad link breaks, what the server is is not asked more often. */
const urgentInfoGapMs = 5 * second;

/** Asked again when in doubt: what came back may be another version of the server. */
const getInfoNeed = (state: State): Need => {
  const request = state.requests.get('info');
  const isInDoubt =
    state.server === undefined ||
    isInvalidated(state.watch, request) ||
    (request?.asOf ?? atOnce) < (state.serverDoubtedAt ?? atOnce);
  // Nothing more will come of a run that is over, whatever the server is by then.
  const isStill = getBaseScreen(state.screen).name === 'run' && state.watch?.endSeenAt !== undefined;
  const gapMs = isInDoubt ? urgentInfoGapMs : isStill ? never : infoGapMs;
  return {key: 'info', query: {kind: 'info'}, dueAt: getDueAt(state, 'info', gapMs)};
};

const getRunNeed = (state: State, watch: OpenRun): Need => {
  const key = getRunKey(watch.runId);
  const request = state.requests.get(key);
  const isEndUnseen = watch.endSeenAt !== undefined && (request?.asOf ?? atOnce) < watch.endSeenAt;
  // The configuration never changes; the times and the exception do when it ends.
  const isHydrated = watch.run?.config === undefined || watch.endSeenAt !== undefined;
  const gapMs = isEndUnseen || isInvalidated(watch, request) ? 0 : getRunGapMs(state, watch);
  return {key, query: {kind: 'run', runId: watch.runId, isHydrated}, dueAt: getVitalDueAt(state, key, gapMs)};
};

const getGraphNeed = (state: State, watch: OpenRun): Need =>
  watch.hasDag ? getDagNeed(state, watch) : getPlanNeed(state, watch);

const getDagNeed = (state: State, watch: OpenRun): Need => {
  const key = getDagKey(watch.runId);
  return {
    key,
    query: {kind: 'dag', runId: watch.runId},
    dueAt: getDagDueAt(state, watch, key, state.requests.get(key)),
  };
};

/** At a pace while the run goes on, and once more a little after its end; at once where the steps do not fit in with that. */
const getDagDueAt = (state: State, watch: OpenRun, key: string, request: RequestState | undefined): Instant => {
  if (request?.asOf === undefined || request.failure !== undefined || isInvalidated(watch, request)) {
    return getDueAt(state, key, 0);
  }

  const {endSeenAt} = watch;
  if (endSeenAt === undefined) {
    return getDueAt(state, key, getDagGapMs(watch, request.asOf, request.tookMs));
  }

  const deltaAsOf = state.requests.get(getStepsDeltaKey(watch.runId))?.asOf ?? atOnce;
  if (request.asOf < endSeenAt && deltaAsOf >= endSeenAt && hasContradiction(watch)) {
    return getDueAt(state, key, 0);
  }

  const settledAt = endSeenAt + endGraceMs;
  return request.asOf < settledAt ? settledAt : never;
};

const getPlanNeed = (state: State, {runId, run, hasPlan}: OpenRun): Need => {
  const key = getPlanKey(runId);
  const snapshotId = run?.snapshotId;
  const isHopeless = snapshotId === undefined || state.requests.get(key)?.failure?.kind === 'not-found';
  return {
    key,
    query: {kind: 'planned', runId, snapshotId: snapshotId ?? ''},
    dueAt: hasPlan || isHopeless ? never : getDueAt(state, key, 5 * second),
  };
};
