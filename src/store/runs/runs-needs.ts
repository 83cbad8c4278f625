import {isOutage, isRateLimited} from '../../domain/failure.js';
import {getInProgressFilters, hasMeTerm, parseRunTerms} from '../../domain/filter/run-filter.js';
import type {ProjectId} from '../../domain/ids.js';
import type {RunFilters} from '../../domain/list-filters.js';
import {isRowInProgress, type RunRow} from '../../domain/run-row.js';
import type {Need} from '../query.js';
import {atOnce, getDueAt, getVitalDueAt} from '../requests/reduce-requests.js';
import type {RequestState} from '../requests/request.js';
import {findDeltaStart} from '../requests/watermark.js';
import type {State} from '../state.js';
import {getVisibleRange} from '../ui/visible-range.js';
import type {ListingQuery} from './listing.js';
import {getRunList, hasMoreRuns, selectRunRows, selectSelectedRunIndex, selectWantedFilters} from './run-rows.js';
import {getListKey, pageSize} from './runs.js';
import {layOutRunsScreen} from './runs-layout.js';

const second = 1000;
const minute = 60 * second;

export const runsDeltaKey = 'runs:delta';
const activeRunsKey = 'runs:in-progress';
export const getRunsPageKey = (filters: RunFilters, page: number): string => `runs:page:${page}:${getListKey(filters)}`;
const getRunProgressKey = (runId: string): string => `runs:progress:${runId}`;

/** The project whose runs are listed; `undefined` before one is known. */
export const selectProjectId = ({session, openRun}: State): ProjectId | undefined =>
  session.project?.id ?? openRun?.run?.projectId;

/** What the list of runs needs, most urgent first. */
export const getRunsNeeds = (state: State): readonly Need[] => {
  const projectId = selectProjectId(state);
  if (projectId === undefined) {
    return [];
  }

  const context: RunsContext = {state, projectId};
  return [
    ...getRunsPageNeeds(context),
    ...getRunsDeltaNeeds(context),
    getActiveRunsNeed(context),
    ...getTotalNeeds(context),
    ...getMissedRunsNeeds(context),
    ...getCurrentUserNeeds(state),
    ...getProgressNeeds(state),
  ];
};

type RunsContext = {readonly state: State; readonly projectId: ProjectId};

type RunsSubsetOptions = Pick<Extract<ListingQuery, {readonly kind: 'runs'}>, 'subset'> & {
  readonly filters?: RunFilters;
  readonly page?: number;
  readonly size?: number;
};

const buildRunsQuery = (
  {state, projectId}: RunsContext,
  {subset, filters = {}, page = 1, size = pageSize}: RunsSubsetOptions,
): ListingQuery => ({
  kind: 'runs',
  projectId,
  subset,
  filters,
  page,
  size,
  updatedSince: subset === 'delta' ? findDeltaStart(state.runs.watermark) : undefined,
});

/** How long a filter must stay as it is before it is sent, in milliseconds: otherwise every letter typed would cause a query. */
const typingRestMs = 200;

/** Whether the response was requested before something happened that may have made it wrong. */
export const isRunsInvalidated = ({runs}: State, request: RequestState | undefined): boolean =>
  runs.invalidatedAt !== undefined && request?.asOf !== undefined && request.asOf < runs.invalidatedAt;

/** The first page of each list, again once it is in doubt; and the next page of a list that ends before the visible rows do. */
const getRunsPageNeeds = (context: RunsContext): readonly Need[] => {
  const {state} = context;
  const lists = selectWantedFilters(state).map(filters => ({filters, list: getRunList(state.runs, filters)}));
  // Rows beyond the newest gap are hidden, so that gap is closed first.
  const frontier = Math.max(...lists.map(({list}) => list.knownFrom));
  return lists.flatMap(({filters, list}) => {
    const first = getRunsPageKey(filters, 1);
    const isFirstDue = list.pages === 0 || isRunsInvalidated(state, state.requestsByKey.get(first));
    const page = isFirstDue ? 1 : list.pages + 1;
    const isDue = isFirstDue || (list.knownFrom === frontier && isNextPageDue(state, list.pages));
    const key = getRunsPageKey(filters, page);
    const restMs = getListKey(filters) === '' ? 0 : typingRestMs;
    return isDue
      ? [
          {
            key,
            query: buildRunsQuery(context, {subset: 'page', filters, page}),
            dueAt: getVitalDueAt(state, key, second),
            restMs,
          },
        ]
      : [];
  });
};

/**
 * Whether the end of the known rows is near the visible ones. The number of pages that are searched for a few
 * matches is limited.
 */
const isNextPageDue = (state: State, pages: number): boolean => {
  if (!hasMoreRuns(state) || pages >= state.runs.pagesAllowed) {
    return false;
  }

  const {listHeight} = layOutRunsScreen(state.size);
  return selectRunRows(state).rows.length - state.runs.top < 3 * listHeight;
};

/** Whether a first page of runs, possibly empty, has arrived. */
export const hasRunsPage = ({runs}: State): boolean => runs.listsByKey.size > 0;

/** Two intervals while something is in progress or has just changed, else four; a slow server is polled less often. */
const getRunsDeltaGapMs = (state: State, tookMs: number): number => {
  const {intervalMs} = state.session;
  const isBusy = state.now - state.runs.changedAt < minute / 2 || selectRunRows(state).rows.some(isRowInProgress);
  return Math.max(2 * intervalMs * (isBusy ? 1 : 2), Math.min(10 * tookMs, 10 * second));
};

const getRunsDeltaNeeds = (context: RunsContext): readonly Need[] => {
  const {state} = context;
  if (!hasRunsPage(state)) {
    return [];
  }

  const delta = state.requestsByKey.get(runsDeltaKey);
  const isUrgent = state.runs.watermark.isDeltaCut || isRunsInvalidated(state, delta);
  const gapMs = isUrgent ? 0 : getRunsDeltaGapMs(state, delta?.tookMs ?? 0);
  const query = buildRunsQuery(context, {subset: 'delta', size: state.runs.watermark.deltaSize});
  const dueAt = delta === undefined ? state.runs.changedAt + gapMs : getVitalDueAt(state, runsDeltaKey, gapMs);
  return [{key: runsDeltaKey, query, dueAt}];
};

/** The runs in progress, which may be far down the list if they started long ago. This also catches missed writes. */
const getActiveRunsNeed = (context: RunsContext): Need => {
  const {state} = context;
  const isUrgent = isRunsInvalidated(state, state.requestsByKey.get(activeRunsKey));
  return {
    key: activeRunsKey,
    query: buildRunsQuery(context, {subset: 'in-progress', filters: getInProgressFilters(state.server)}),
    dueAt: getDueAt(state, activeRunsKey, isUrgent ? 0 : minute),
  };
};

/** How often the number of runs is fetched, in milliseconds, since deltas do not show that runs were deleted. */
const totalGapMs = 30 * second;
const totalKey = 'runs:total';

const getTotalNeeds = (context: RunsContext): readonly Need[] => {
  const {state} = context;
  const page = state.requestsByKey.get(getRunsPageKey({}, 1));
  if (page?.asOf === undefined) {
    return [];
  }

  const dueAt = Math.max(
    page.respondedAt + totalGapMs,
    state.requestsByKey.has(totalKey) ? getDueAt(state, totalKey, totalGapMs) : atOnce,
  );
  return [{key: totalKey, query: buildRunsQuery(context, {subset: 'total', size: 1}), dueAt}];
};

/** Runs that were in progress and are no longer listed as such: their end was missed. */
const getMissedRunsNeeds = (context: RunsContext): readonly Need[] => {
  const ids = [...context.state.runs.missedIds].slice(0, pageSize);
  const filters = {id: {oneOf: ids}};
  const query = buildRunsQuery(context, {subset: 'missed', filters});
  return ids.length === 0 ? [] : [{key: 'runs:missed', query, dueAt: getDueAt(context.state, 'runs:missed', second)}];
};

const getCurrentUserNeeds = (state: State): readonly Need[] =>
  state.runs.me === undefined && hasMeTerm(parseRunTerms(state.runs.filter))
    ? [{key: 'me', query: {kind: 'current-user'}, dueAt: getDueAt(state, 'me', minute)}]
    : [];

/** The rows on the screen. */
export const selectVisibleRuns = (state: State): readonly RunRow[] => {
  const {rows} = selectRunRows(state);
  const {top, count} = getVisibleRange(
    selectSelectedRunIndex(state),
    state.runs.top,
    rows.length,
    layOutRunsScreen(state.size).listHeight,
  );
  return rows.slice(top, top + count);
};

/** Fetched with long pauses, because the progress of a run costs the server its whole graph. */
const progressGapMs = 10 * second;
const progressPauseMs = second / 2;
const progressLoadRatio = 20;

/** How long a run must be on the screen before its progress is fetched, in milliseconds. */
const progressRestMs = 300;

/**
 * Whether a request for the progress of a run may fail because of that run, whose graph may be too large: it could not be fetched or
 * took too long, and nothing has shown that there was another cause.
 */
const isFailingAlone = ({failure, failedInARow}: RequestState): boolean =>
  failure !== undefined &&
  failedInARow > 0 &&
  (!isOutage(failure) || failure.kind === 'timed-out' || (failure.kind === 'refused' && !isRateLimited(failure)));

/** The progress of one run at a time, the one fetched longest ago first, with pauses in between; of an ended run only once. */
const getProgressNeeds = (state: State): readonly Need[] => {
  const candidates = selectVisibleRuns(state)
    .filter(row => isRowInProgress(row) || !state.runs.finalProgressIds.has(row.id))
    .map(row => ({
      row,
      id: row.id,
      key: getRunProgressKey(row.id),
      request: state.requestsByKey.get(getRunProgressKey(row.id)),
    }))
    .filter(({row, request}) => isRowInProgress(row) || request === undefined || !isFailingAlone(request))
    .filter(({request}) => request?.failure?.kind !== 'no-route');
  const last = candidates.reduce((latest, {request}) => Math.max(latest, request?.respondedAt ?? atOnce), atOnce);
  const tookMs = candidates.reduce((longest, {request}) => Math.max(longest, request?.tookMs ?? 0), 0);
  const pauseMs = Math.max(progressPauseMs, progressLoadRatio * tookMs);
  const [next] = candidates
    .map(({row, id, key}): Need => {
      // What was fetched before the end of the run is out of date.
      const dueAt = Math.max(getDueAt(state, key, isRowInProgress(row) ? progressGapMs : 0), last + pauseMs);
      const {hasDoubtfulEnd = false} = row;
      const query = {kind: 'run-progress', runId: id, isFinal: !isRowInProgress(row), hasDoubtfulEnd} as const;
      return {key, query, dueAt, restMs: progressRestMs};
    })
    .sort((a, b) => a.dueAt - b.dueAt);
  return next === undefined ? [] : [next];
};
