import {type Failure, isTransient} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import {pickLater} from '../../domain/instant.js';
import {memoizeLast} from '../../domain/memoize.js';
import {isRunInProgress} from '../../domain/run-row.js';
import {getNeeds, getRunKey} from '../needs.js';
import {getNewestStepsKey, getStepsDeltaKey} from '../run/steps-keys.js';
import {getComparedRunKey} from '../runs/comparing-needs.js';
import {selectWantedFilters} from '../runs/run-rows.js';
import {getRunsPageKey, hasRunsPage, runsDeltaKey} from '../runs/runs-needs.js';
import type {Freshness} from '../selectors.js';
import type {State} from '../state.js';
import {getBaseScreen} from '../ui/screen.js';
import type {RequestState} from './request.js';

/** How far the screen can be trusted. */
export const selectFreshness = (state: State): Freshness => {
  const screen = getBaseScreen(state.screen);
  switch (screen.name) {
    case 'runs':
      return getFreshness(state, {parts: selectRunsParts(state), isKnown: hasRunsPage(state), isOver: false});

    case 'comparing': {
      const comparedRuns = screen.runIds.map(id => state.runs.comparison.get(id)?.run);
      const isOver = comparedRuns.every(run => run !== undefined && !isRunInProgress(run));
      const parts = screen.runIds.map(id => ({keys: [getComparedRunKey(id)], isPolled: false}));
      return getFreshness(state, {parts, isKnown: true, isOver});
    }

    case 'run': {
      const {openRun} = state;
      if (openRun?.goneAt !== undefined && openRun.run !== undefined) {
        return {kind: 'gone'};
      }

      return openRun === undefined
        ? {kind: 'connecting', failure: state.outage?.failure, retryInMs: selectRetryInMs(state)}
        : getFreshness(state, {
            parts: [
              {keys: [getStepsDeltaKey(openRun.runId), getNewestStepsKey(openRun.runId)], isPolled: true},
              {keys: [getRunKey(openRun.runId)], isPolled: false},
            ],
            isKnown: openRun.run !== undefined,
            isOver: openRun.overAt !== undefined,
          });
    }
  }
};

const selectRunsParts = (state: State): readonly Part[] => [
  {keys: [runsDeltaKey, getRunsPageKey({}, 1)], isPolled: true},
  ...selectWantedFilters(state).map(filters => ({keys: [getRunsPageKey(filters, 1)], isPolled: false})),
];

/** A part of the screen and the requests it comes from: the latest of them determines its age. */
type Part = {
  readonly keys: readonly string[];
  /** Fetched again and again, so its age always counts. That of another part counts only while a response is overdue or failing. */
  readonly isPolled: boolean;
};

type FreshnessBasis = {
  readonly parts: readonly Part[];
  /** There is something to show. */
  readonly isKnown: boolean;
  /** Nothing more will change. */
  readonly isOver: boolean;
};

const getFreshness = (state: State, {parts, isKnown, isOver}: FreshnessBasis): Freshness => {
  const staleRequests = parts.flatMap(part => findStaleRequest(state, part) ?? []);
  const times = parts
    .filter(({isPolled, keys}) => isPolled || staleRequests.some(({key}) => keys.includes(key)))
    .flatMap(part => findPartTime(state, part) ?? []);
  const latest = parts.reduce<Instant | undefined>((at, part) => pickLater(at, findPartTime(state, part)), undefined);
  if (latest === undefined || !isKnown) {
    const failingKey = parts.flatMap(({keys}) => keys).find(key => state.requestsByKey.get(key)?.failure !== undefined);
    const failure = failingKey === undefined ? undefined : state.requestsByKey.get(failingKey)?.failure;
    return {kind: 'connecting', failure, retryInMs: selectRetryInMs(state)};
  }

  const ageMs = Math.max(0, state.now - Math.min(latest, ...times));
  if (state.isPaused) {
    return {kind: 'paused', ageMs};
  }

  const [staleRequest] = staleRequests;
  if (staleRequest !== undefined) {
    const {failure, isOverdue} = staleRequest;
    return {kind: 'stale', ageMs, retryInMs: selectRetryInMs(state), failure, isOverdue};
  }

  return isOver ? {kind: 'over'} : {kind: 'live', ageMs};
};

const findPartTime = ({requestsByKey}: State, {keys}: Part): Instant | undefined =>
  keys.reduce<Instant | undefined>((latest, key) => pickLater(latest, requestsByKey.get(key)?.asOf), undefined);

type StaleRequest = {readonly key: string; readonly failure: Failure; readonly isOverdue: boolean};

/** Why a part is not fresh; `undefined` if it is, or if it has only just become stale. */
const findStaleRequest = (state: State, {keys}: Part): StaleRequest | undefined => {
  for (const key of keys) {
    const request = state.requestsByKey.get(key);
    if (request?.failure !== undefined && isPersistentlyFailing(state, request)) {
      return {key, failure: request.failure, isOverdue: false};
    }

    const silentMs = getSilentMs(state, key);
    if (silentMs >= getOverdueMs(request)) {
      return {key, failure: {kind: 'timed-out', afterMs: silentMs}, isOverdue: true};
    }
  }

  return undefined;
};

/**
 * A response is never overdue before it is this late, in milliseconds. Short enough to report a hang within two intervals and 3 s.
 */
const minOverdueMs = 2000;

/** A response is overdue when it is this late, in milliseconds: at least three times as long as the server usually takes. */
const getOverdueMs = (request: RequestState | undefined): number => Math.max(minOverdueMs, 3 * (request?.tookMs ?? 0));

const selectNeeds = memoizeLast(getNeeds);

/** How long a request has been due without a response, in milliseconds. */
const getSilentMs = (state: State, key: string): number => {
  const need = selectNeeds(state).find(other => other.key === key);
  const request = state.requestsByKey.get(key);
  // A recording responds at once, however fast it is played.
  const isReplay = state.session.replaySpeed !== undefined;
  if (isReplay || need === undefined || request?.failure !== undefined || need.dueAt > state.now) {
    return 0;
  }

  const since = [need.dueAt, request?.asOf, ...getReasonTimes(state)].reduce<Instant | undefined>(pickLater, undefined);
  return since === undefined || !Number.isFinite(since) ? 0 : state.now - since;
};

/**
 * When something may have become due at once: when the run was opened, changed, ended or came into doubt, or after a suspension.
 */
const getReasonTimes = ({screen, runs, openRun, suspensionNoticedAt}: State): readonly (Instant | undefined)[] =>
  getBaseScreen(screen).name === 'run'
    ? [
        suspensionNoticedAt,
        openRun?.openedAt,
        openRun?.changedAt,
        openRun?.endSeenAt,
        openRun?.sync.invalidatedAt,
        openRun?.sync.runDoubtedAt,
      ]
    : [suspensionNoticedAt, runs.changedAt, runs.invalidatedAt];

/** Failures shorter than this, in milliseconds, are not mentioned: the age is shown anyway. */
const minFailingMs = 3000;

/** A known transient error of the server is reported only after more than this many failures in a row. */
const maxTransientFailures = 3;

const isPersistentlyFailing = (state: State, request: RequestState): boolean => {
  const {failure, failedInARow, unsuccessfulSince} = request;
  if (
    failure === undefined ||
    unsuccessfulSince === undefined ||
    (isTransient(failure) && failedInARow <= maxTransientFailures)
  ) {
    return false;
  }

  return state.now - unsuccessfulSince >= Math.max(minFailingMs, 3 * state.session.intervalMs);
};

/** When a request that failed because zentop was not signed in can succeed at the earliest. */
const getSignInAt = ({requestsByKey}: State, key: string): Instant => {
  const failure = requestsByKey.get(key)?.failure;
  return (failure?.kind === 'not-signed-in' ? failure.nextSignInAt : undefined) ?? Number.NEGATIVE_INFINITY;
};

/** How long until the failing request is retried, in milliseconds; while the server is down, until the probe is. */
const selectRetryInMs = (state: State): number => {
  const needs = getNeeds(state).filter(({dueAt}) => Number.isFinite(dueAt));
  const failingNeeds = needs.filter(({key}) => state.requestsByKey.get(key)?.failure !== undefined);
  const dueAt = Math.min(
    ...(failingNeeds.length > 0 ? failingNeeds : needs).map(need => Math.max(need.dueAt, getSignInAt(state, need.key))),
  );
  return Number.isFinite(dueAt) ? Math.max(0, dueAt - state.now) : 0;
};
