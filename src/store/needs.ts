import type {Instant} from '../domain/instant.js';
import {getCacheNeeds} from './history/cache-needs.js';
import {getEstimateNeeds} from './history/estimate.js';
import {getPreviousNeeds} from './history/previous-needs.js';
import {getQuestionNeeds} from './intervention/question-needs.js';
import {getLogNeeds} from './logs/log-needs.js';
import type {Need} from './query.js';
import {limitToProbe} from './requests/outage.js';
import {endGraceMs, getDagGapMs, getRunGapMs} from './requests/pace.js';
import {atOnce, getDueAt, getVitalDueAt, never} from './requests/reduce-requests.js';
import type {RequestState} from './requests/request.js';
import {getArtifactNeeds} from './run/artifact-needs.js';
import {getChildDagNeeds} from './run/child-dag-needs.js';
import {getChildRunsNeeds} from './run/child-needs.js';
import {getMissedStepNeeds, getShownStepNeeds} from './run/detail-needs.js';
import {isInvalidated} from './run/is-invalidated.js';
import type {OpenRun} from './run/open-run.js';
import {hasContradiction} from './run/run-ending.js';
import {getDagKey, getStepsDeltaKey} from './run/steps-keys.js';
import {getStepsNeeds} from './run/steps-needs.js';
import {getWaitNeeds} from './run/wait-needs.js';
import {getActivityNeeds} from './run-page/activity-needs.js';
import {getRunPageNeeds, isRunPageShown} from './run-page/run-page-needs.js';
import {getComparingNeeds} from './runs/comparing-needs.js';
import {getNextRunNeeds} from './runs/next-run-needs.js';
import {getProjectNeeds} from './runs/project-needs.js';
import {getRunsNeeds} from './runs/runs-needs.js';
import type {State} from './state.js';
import {getBaseScreen} from './ui/screen.js';

const second = 1000;

export const getRunKey = (runId: string): string => `run:${runId}`;
const getPlanKey = (runId: string): string => `planned:${runId}`;

/** What must be fresh for the current screen, most urgent first. Nothing else is ever fetched. */
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
      return state.openRun === undefined ? [] : getOpenRunNeeds(state, state.openRun);
  }
};

const getOpenRunNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  // A run that is gone is still requested, to notice if the server has it again.
  if (openRun.goneAt !== undefined) {
    return [getRunNeed(state, openRun), ...getNextRunNeeds(state, openRun)];
  }

  const {lists, resyncs} = getStepsNeeds(state, openRun);
  return [
    getRunNeed(state, openRun),
    ...lists,
    getGraphNeed(state, openRun),
    ...getShownStepNeeds(state, openRun),
    ...getQuestionNeeds(state, openRun),
    ...getWaitNeeds(state, openRun),
    ...getChildRunsNeeds(state, openRun),
    ...getChildDagNeeds(state, openRun),
    ...getLogNeeds(state, openRun),
    ...getPreviousNeeds(state, openRun),
    ...getCacheNeeds(state, openRun),
    ...getArtifactNeeds(state, openRun),
    ...getRunPageNeeds(state, openRun),
    ...resyncs,
    ...getMissedStepNeeds(state, openRun),
    ...getNextRunNeeds(state, openRun),
    ...getEstimateNeeds(state, openRun),
    ...getActivityNeeds(state, openRun),
  ];
};

/** A restart of the server that went unnoticed is detected after this long at the latest, in milliseconds. */
const infoGapMs = 600 * second;

/** However often the connection breaks, fetches of `/info` are at least this far apart, in milliseconds. */
const urgentInfoGapMs = 5 * second;

/** Which version of ZenML the server has: fetched again soon once it may have been replaced by another one. */
const getInfoNeed = (state: State): Need => {
  const request = state.requestsByKey.get('info');
  const mayBeOutdated =
    state.server === undefined ||
    isInvalidated(state.openRun, request) ||
    (request?.asOf ?? atOnce) < (state.serverInvalidatedAt ?? atOnce);
  // A run that is over needs nothing more, whatever version the server has by then.
  const isRunOver = getBaseScreen(state.screen).name === 'run' && state.openRun?.endSeenAt !== undefined;
  const gapMs = mayBeOutdated ? urgentInfoGapMs : isRunOver ? never : infoGapMs;
  return {key: 'info', query: {kind: 'info'}, dueAt: getDueAt(state, 'info', gapMs)};
};

/** Somebody may tag a live run or write its metadata at any time: its page shows that after this long, in milliseconds. */
const runPageGapMs = 10 * second;

const getRunNeed = (state: State, openRun: OpenRun): Need => {
  const key = getRunKey(openRun.runId);
  const request = state.requestsByKey.get(key);
  const isEndUnseen = openRun.endSeenAt !== undefined && (request?.asOf ?? atOnce) < openRun.endSeenAt;
  // The configuration never changes; the times and the exception do when the run ends, and the metadata at any time.
  const isHydrated =
    openRun.run?.config === undefined ||
    openRun.endSeenAt !== undefined ||
    isRunPageShown(state, openRun) ||
    isStopUndecided(state, openRun);
  const isUnhydrated = isHydrated && (openRun.sync.hydratedAsOf ?? atOnce) < (request?.asOf ?? atOnce);
  const maxGapMs = openRun.endSeenAt === undefined && isRunPageShown(state, openRun) ? runPageGapMs : never;
  const gapMs =
    isEndUnseen || isUnhydrated || isInvalidated(openRun, request)
      ? 0
      : Math.min(getRunGapMs(state, openRun, request?.respondedAt ?? atOnce), maxGapMs);
  return {key, query: {kind: 'run', runId: openRun.runId, isHydrated}, dueAt: getVitalDueAt(state, key, gapMs)};
};

/** Whether the run can be stopped depends on facts that only a hydrated response has. */
const isStopUndecided = ({screen}: State, {run}: OpenRun): boolean =>
  run?.status === 'initializing' || screen.name === 'confirming' || screen.name === 'menu';

const getGraphNeed = (state: State, openRun: OpenRun): Need =>
  openRun.hasDag ? getDagNeed(state, openRun) : getPlanNeed(state, openRun);

const getDagNeed = (state: State, openRun: OpenRun): Need => {
  const key = getDagKey(openRun.runId);
  return {
    key,
    query: {kind: 'dag', runId: openRun.runId},
    dueAt: getDagDueAt(state, openRun, key, state.requestsByKey.get(key)),
  };
};

/**
 * At a steady pace while the run is in progress, and once more shortly after its end; at once if the steps
 * contradict the end.
 */
const getDagDueAt = (state: State, openRun: OpenRun, key: string, request: RequestState | undefined): Instant => {
  if (request?.asOf === undefined || request.failure !== undefined || isInvalidated(openRun, request)) {
    return getDueAt(state, key, 0);
  }

  const {endSeenAt} = openRun;
  if (endSeenAt === undefined) {
    return getDueAt(state, key, getDagGapMs(openRun, request.asOf, request.tookMs));
  }

  const deltaAsOf = state.requestsByKey.get(getStepsDeltaKey(openRun.runId))?.asOf ?? atOnce;
  if (request.asOf < endSeenAt && deltaAsOf >= endSeenAt && hasContradiction(openRun)) {
    return getDueAt(state, key, 0);
  }

  const graceEndAt = endSeenAt + endGraceMs;
  return request.asOf < graceEndAt ? graceEndAt : never;
};

/** The least time between two requests for the plan, in milliseconds. It is requested only until it has arrived. */
const planGapMs = 5 * second;

const getPlanNeed = (state: State, {runId, run, hasPlan}: OpenRun): Need => {
  const key = getPlanKey(runId);
  const snapshotId = run?.snapshotId;
  const isHopeless = snapshotId === undefined || state.requestsByKey.get(key)?.failure?.kind === 'not-found';
  return {
    key,
    query: {kind: 'planned', runId, snapshotId: snapshotId ?? ''},
    dueAt: hasPlan || isHopeless ? never : getDueAt(state, key, planGapMs),
  };
};
