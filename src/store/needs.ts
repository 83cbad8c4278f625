import type {Instant} from '../domain/instant.js';
import {artifactNeeds} from './artifact-needs.js';
import type {Request} from './asking.js';
import {cacheNeeds} from './cache-needs.js';
import {childNeeds} from './child-needs.js';
import {missedNeeds, shownNeeds} from './detail-needs.js';
import {earlierNeeds} from './earlier-needs.js';
import {estimateNeeds} from './estimate.js';
import {logNeeds} from './logs/log-needs.js';
import {withOutage} from './outage.js';
import {dagGapMs, endSettleMs, runGapMs} from './pace.js';
import type {Need} from './query.js';
import {atOnce, dueAfter, never, vitalDueAfter} from './requests.js';
import {comparingNeeds} from './runs/comparing-needs.js';
import {nextRunNeeds} from './runs/next-run-needs.js';
import {placeNeeds} from './runs/place-needs.js';
import {runsNeeds} from './runs/runs-needs.js';
import {screenBelow} from './screen.js';
import type {State} from './state.js';
import {isDoubted, stepsNeeds} from './steps-needs.js';
import type {Watch} from './watch.js';

const second = 1000;

export const runKey = (runId: string): string => `run:${runId}`;
export const dagKey = (runId: string): string => `dag:${runId}`;
export const plannedKey = (runId: string): string => `planned:${runId}`;

/** What must be fresh for what the screen shows, most urgent first. Nothing else is ever asked. */
export const needsOf = (state: State): readonly Need[] => {
  if (state.isPaused) {
    return [];
  }

  return withOutage(state, [...screenNeeds(state), ...placeNeeds(state), infoNeed(state)]);
};

const screenNeeds = (state: State): readonly Need[] => {
  const screen = screenBelow(state.screen);
  switch (screen.name) {
    case 'runs':
      return runsNeeds(state);

    case 'comparing':
      return comparingNeeds(state, screen.runIds);

    case 'run':
      return state.watch === undefined ? [] : watchNeeds(state, state.watch);
  }
};

const watchNeeds = (state: State, watch: Watch): readonly Need[] => {
  const {lists, resyncs} = stepsNeeds(state, watch);
  return [
    runNeed(state, watch),
    ...lists,
    graphNeed(state, watch),
    ...shownNeeds(state, watch),
    ...childNeeds(state, watch),
    ...logNeeds(state, watch),
    ...earlierNeeds(state, watch),
    ...cacheNeeds(state, watch),
    ...artifactNeeds(state, watch),
    ...resyncs,
    ...missedNeeds(state, watch),
    ...nextRunNeeds(state, watch),
    ...estimateNeeds(state, watch),
  ];
};

/** A server that was restarted without our noticing is known as what it is after this long, in milliseconds. */
const infoGapMs = 600 * second;

/** However often a bad link breaks, what the server is is not asked more often. */
const doubtedInfoGapMs = 5 * second;

/** Asked again when in doubt: what came back may be another version of the server. */
const infoNeed = (state: State): Need => {
  const request = state.requests.get('info');
  const isInDoubt =
    state.server === undefined ||
    isDoubted(state.watch, request) ||
    (request?.asOf ?? atOnce) < (state.serverDoubtedAt ?? atOnce);
  // Nothing more will come of a run that is over, whatever the server is by then.
  const isStill = screenBelow(state.screen).name === 'run' && state.watch?.overAt !== undefined;
  const gapMs = isInDoubt ? doubtedInfoGapMs : isStill ? never : infoGapMs;
  return {key: 'info', query: {kind: 'info'}, dueAt: dueAfter(state, 'info', gapMs)};
};

const runNeed = (state: State, watch: Watch): Need => {
  const key = runKey(watch.runId);
  const request = state.requests.get(key);
  const isEndUnseen = watch.overAt !== undefined && (request?.asOf ?? atOnce) < watch.overAt;
  // The configuration never changes; the times and the exception do when it ends.
  const isHydrated = watch.run?.config === undefined || watch.overAt !== undefined;
  const gapMs = isEndUnseen || isDoubted(watch, request) ? 0 : runGapMs(state, watch);
  return {key, query: {kind: 'run', runId: watch.runId, isHydrated}, dueAt: vitalDueAfter(state, key, gapMs)};
};

const graphNeed = (state: State, watch: Watch): Need =>
  watch.hasDag ? dagNeed(state, watch) : plannedNeed(state, watch);

const dagNeed = (state: State, watch: Watch): Need => {
  const key = dagKey(watch.runId);
  return {key, query: {kind: 'dag', runId: watch.runId}, dueAt: dagDueAt(state, watch, key, state.requests.get(key))};
};

/** At a pace while the run goes on, and once more a little after its end. */
const dagDueAt = (state: State, watch: Watch, key: string, request: Request | undefined): Instant => {
  if (request?.asOf === undefined || request.failure !== undefined || isDoubted(watch, request)) {
    return dueAfter(state, key, 0);
  }

  if (watch.overAt === undefined) {
    return dueAfter(state, key, dagGapMs(watch, request.asOf, request.tookMs));
  }

  const settledAt = watch.overAt + endSettleMs;
  return request.asOf < settledAt ? settledAt : never;
};

const plannedNeed = (state: State, {runId, run, hasPlan}: Watch): Need => {
  const key = plannedKey(runId);
  const snapshotId = run?.snapshotId;
  const isHopeless = snapshotId === undefined || state.requests.get(key)?.failure?.kind === 'not-found';
  return {
    key,
    query: {kind: 'planned', runId, snapshotId: snapshotId ?? ''},
    dueAt: hasPlan || isHopeless ? never : dueAfter(state, key, 5 * second),
  };
};
