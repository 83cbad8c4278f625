import {asksForMe, goingOnFilters, runTermsOf} from '../../domain/filter/run-filter.js';
import type {ProjectId} from '../../domain/ids.js';
import {isGoingOn, type RunRow} from '../../domain/run-row.js';
import type {Request} from '../asking.js';
import type {Need} from '../query.js';
import {atOnce, dueAfter, vitalDueAfter} from '../requests.js';
import type {State} from '../state.js';
import {windowOf} from '../window.js';
import type {ListingQuery} from './listing.js';
import {hasMoreRuns, listFor, runRowsOf, selectedRunPlace, wantedFilters} from './run-rows.js';
import {type Filters, listKey, pageSize} from './runs.js';
import {runsLayout} from './runs-layout.js';

const second = 1000;
const minute = 60 * second;

export const runsDeltaKey = 'runs:delta';
export const runsGoingOnKey = 'runs:going-on';
export const runsPageKey = (filters: Filters, page: number): string => `runs:page:${page}:${listKey(filters)}`;
export const runProgressKey = (runId: string): string => `runs:progress:${runId}`;

/** The project whose runs are listed; `undefined` before one is known. */
export const listedProjectId = ({session, watch}: State): ProjectId | undefined =>
  session.project?.id ?? watch?.run?.projectId;

/** What the list of runs lives on, most urgent first. */
export const runsNeeds = (state: State): readonly Need[] => {
  const projectId = listedProjectId(state);
  if (projectId === undefined) {
    return [];
  }

  const ask: Asking = {state, projectId};
  return [
    ...pageNeeds(ask),
    ...deltaNeeds(ask),
    goingOnNeed(ask),
    ...missedNeeds(ask),
    ...meNeeds(state),
    ...progressNeeds(state),
  ];
};

type Asking = {readonly state: State; readonly projectId: ProjectId};

type Slice = Pick<Extract<ListingQuery, {readonly kind: 'runs'}>, 'slice'> & {
  readonly filters?: Filters;
  readonly page?: number;
  readonly size?: number;
};

const queryOf = (
  {state, projectId}: Asking,
  {slice, filters = {}, page = 1, size = pageSize}: Slice,
): ListingQuery => ({
  kind: 'runs',
  projectId,
  slice,
  filters,
  page,
  size,
  updatedSince: slice === 'delta' ? state.runs.watermarkAt : undefined,
});

/** While the reader types, each letter would be a question of its own. */
const typingRestMs = 200;

const isDoubted = ({runs}: State, request: Request | undefined): boolean =>
  runs.doubtedAt !== undefined && request?.asOf !== undefined && request.asOf < runs.doubtedAt;

/** First pages, again when in doubt; and the next one of each list that ends before what is seen does. */
const pageNeeds = (ask: Asking): readonly Need[] => {
  const {state} = ask;
  const lists = wantedFilters(state).map(filters => ({filters, list: listFor(state.runs, filters)}));
  // Rows behind the newest gap are not shown, so that is the one to be closed first.
  const frontier = Math.max(...lists.map(({list}) => list.knownFrom));
  return lists.flatMap(({filters, list}) => {
    const first = runsPageKey(filters, 1);
    const isFirstDue = list.pages === 0 || isDoubted(state, state.requests.get(first));
    const page = isFirstDue ? 1 : list.pages + 1;
    const isDue = isFirstDue || (list.knownFrom === frontier && isNextPageDue(state, list.pages));
    const key = runsPageKey(filters, page);
    const restMs = listKey(filters) === '' ? 0 : typingRestMs;
    return isDue
      ? [{key, query: queryOf(ask, {slice: 'page', filters, page}), dueAt: vitalDueAfter(state, key, second), restMs}]
      : [];
  });
};

/** Whether the end of what is known comes near what is seen. Looking through page after page for few rows has its limit. */
const isNextPageDue = (state: State, pages: number): boolean => {
  if (!hasMoreRuns(state) || pages >= state.runs.pagesAllowed) {
    return false;
  }

  const {listHeight} = runsLayout(state.size);
  return runRowsOf(state).rows.length - state.runs.top < 3 * listHeight;
};

/** Twice the interval while something goes on or just happened, four times that else; a slow server is asked less. */
const deltaGapMs = (state: State, tookMs: number): number => {
  const {intervalMs} = state.session;
  const isBusy = state.now - state.runs.changedAt < minute / 2 || runRowsOf(state).rows.some(isGoingOn);
  return Math.max(2 * intervalMs * (isBusy ? 1 : 2), Math.min(10 * tookMs, 10 * second));
};

const deltaNeeds = (ask: Asking): readonly Need[] => {
  const {state} = ask;
  if (state.runs.watermarkAt === undefined) {
    return [];
  }

  const delta = state.requests.get(runsDeltaKey);
  const isUrgent = state.runs.isDeltaCut || isDoubted(state, delta);
  const gapMs = isUrgent ? 0 : deltaGapMs(state, delta?.tookMs ?? 0);
  const query = queryOf(ask, {slice: 'delta', size: state.runs.deltaSize});
  const dueAt = delta === undefined ? state.runs.changedAt + gapMs : vitalDueAfter(state, runsDeltaKey, gapMs);
  return [{key: runsDeltaKey, query, dueAt}];
};

/** Those that have gone on for long are far down the list; and against missed writes. */
const goingOnNeed = (ask: Asking): Need => {
  const {state} = ask;
  const isUrgent = isDoubted(state, state.requests.get(runsGoingOnKey));
  return {
    key: runsGoingOnKey,
    query: queryOf(ask, {slice: 'going-on', filters: goingOnFilters(state.server)}),
    dueAt: dueAfter(state, runsGoingOnKey, isUrgent ? 0 : minute),
  };
};

/** Runs that went on and are no longer listed as such: their end was missed. */
const missedNeeds = (ask: Asking): readonly Need[] => {
  const ids = [...ask.state.runs.missedIds].slice(0, pageSize);
  const filters = {id: `oneof:${JSON.stringify(ids)}`};
  const query = queryOf(ask, {slice: 'missed', filters});
  return ids.length === 0 ? [] : [{key: 'runs:missed', query, dueAt: dueAfter(ask.state, 'runs:missed', second)}];
};

const meNeeds = (state: State): readonly Need[] =>
  state.runs.me === undefined && asksForMe(runTermsOf(state.runs.filter))
    ? [{key: 'me', query: {kind: 'current-user'}, dueAt: dueAfter(state, 'me', minute)}]
    : [];

/** The rows that are on the screen. */
export const visibleRuns = (state: State): readonly RunRow[] => {
  const {rows} = runRowsOf(state);
  const {top, count} = windowOf(
    selectedRunPlace(state),
    state.runs.top,
    rows.length,
    runsLayout(state.size).listHeight,
  );
  return rows.slice(top, top + count);
};

/** How far a run is costs the server its whole graph: 55 ms for 50 steps, two seconds for 5,000. */
const progressGapMs = 10 * second;
const betweenProgressMs = second / 2;
const progressLoadShare = 20;

/** One at a time, the one that was asked longest ago, with a pause between them. */
const progressNeeds = (state: State): readonly Need[] => {
  const asked = visibleRuns(state)
    .filter(isGoingOn)
    .map(({id}) => ({id, key: runProgressKey(id), request: state.requests.get(runProgressKey(id))}))
    .filter(({request}) => request?.failure?.kind !== 'no-route');
  const last = asked.reduce((latest, {request}) => Math.max(latest, request?.answeredAt ?? atOnce), atOnce);
  const tookMs = asked.reduce((longest, {request}) => Math.max(longest, request?.tookMs ?? 0), 0);
  const pauseMs = Math.max(betweenProgressMs, progressLoadShare * tookMs);
  const [next] = asked
    .map(({id, key}): Need => {
      const dueAt = Math.max(dueAfter(state, key, progressGapMs), last + pauseMs);
      return {key, query: {kind: 'run-progress', runId: id}, dueAt, restMs: 300};
    })
    .sort((a, b) => a.dueAt - b.dueAt);
  return next === undefined ? [] : [next];
};
