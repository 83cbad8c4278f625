import {keepIfEqual} from '../../domain/equality.js';
import type {RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {RunFilters} from '../../domain/list-filters.js';
import {createRunRow, isRowInProgress, keepRowEnd, type RunRow} from '../../domain/run-row.js';
import type {ServerInfo} from '../../domain/server.js';
import type {Action} from '../action.js';
import {advanceWatermark, growLookBack, startWatermark} from '../requests/advance-watermark.js';
import {restartIfSetBack} from '../requests/set-back-clock.js';
import type {ListingNews} from './listing.js';
import {getListKey, pageSize, type RunList, type Runs} from './runs.js';

/** `minAheadMs`: the least by which the server's clock can be ahead of the local one, judging by rows. */
type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}> & {
  readonly minAheadMs: number;
  readonly server: ServerInfo | undefined;
};
type RunsNews = Extract<ListingNews, {readonly kind: 'runs'}>;

/** The list of runs after a response about runs. */
export const withRunsNews = (runs: Runs, news: RunsNews, arrival: NewsArrival): Runs => {
  if (news.subset === 'total') {
    return hasFewerRuns(runs, news) ? {...runs, invalidatedAt: arrival.respondedAt} : runs;
  }

  const rows = news.page.items.map(run => createRunRow(run, arrival.server));
  const next = withRunRows(runs, rows, arrival);
  switch (news.subset) {
    case 'page':
      return withFirstWatermark(withRunsPage(next, news, rows, arrival), rows, arrival);

    case 'delta':
      return withNextWatermark(withNewRuns(runs, next, rows), news, arrival);

    case 'in-progress':
      return withMissedRuns(next, news, rows);

    case 'missed':
      return withoutMissingRuns(next, news, rows);
  }
};

/** Whether runs have been deleted. More runs are no surprise: a delta will contain them. */
const hasFewerRuns = ({listsByKey}: Runs, {page}: RunsNews): boolean =>
  page.total < (listsByKey.get('')?.total ?? Number.NEGATIVE_INFINITY);

const withRunRows = (
  runs: Runs,
  rows: readonly RunRow[],
  {requestedAt, respondedAt: at}: Pick<NewsArrival, 'requestedAt' | 'respondedAt'>,
): Runs => {
  // Another response has changed rows in the meantime.
  const mayBeOutdated = requestedAt < runs.changedAt;
  const changedRows = rows.flatMap(row => {
    const before = runs.rowsById.get(row.id);
    if (before !== undefined && mayBeOutdated && isOlderRow(row, before)) {
      return [];
    }

    const after = before === undefined ? row : keepIfEqual(before, keepRowEnd(before, row));
    return after === before ? [] : [after];
  });
  if (changedRows.length === 0) {
    return runs;
  }

  const rowsById = new Map(runs.rowsById);
  const foundAtById = new Map([...runs.foundAtById].slice(-maxFound));
  for (const row of changedRows) {
    rowsById.set(row.id, row);
    if (!runs.rowsById.has(row.id)) {
      foundAtById.set(row.id, at);
    }
  }

  // Known rows that have changed, and new ones: earlier deltas missed those of them that were written before the watermark.
  const missedRows = changedRows.filter(
    ({id, createdAt = 0}) => runs.rowsById.has(id) || createdAt >= getNewestCreatedAt(runs),
  );
  const rewrittenRows = missedRows.map(({id, updatedAt}) => ({
    updatedAt,
    previousAt: runs.rowsById.get(id)?.updatedAt,
  }));
  const restartedWatermark = restartIfSetBack(runs.watermark, rewrittenRows, at);
  const watermark =
    restartedWatermark === runs.watermark ? growLookBack(restartedWatermark, missedRows) : restartedWatermark;
  return {...runs, rowsById, foundAtById, changedAt: at, watermark};
};

const isOlderRow = (one: RunRow, other: RunRow): boolean =>
  one.updatedAt !== undefined && other.updatedAt !== undefined && one.updatedAt < other.updatedAt;

/** The number of runs whose times of discovery are kept: only those of the newest are ever looked up. */
const maxFound = 300;

const getNewestCreatedAt = ({rowsById}: Runs): Instant => {
  let newest = Number.NEGATIVE_INFINITY;
  for (const {createdAt = newest} of rowsById.values()) {
    newest = Math.max(newest, createdAt);
  }

  return newest;
};

const withRunsPage = (
  runs: Runs,
  {filters, page, size}: RunsNews,
  rows: readonly RunRow[],
  arrival: NewsArrival,
): Runs => {
  const key = getListKey(filters);
  const before = runs.listsByKey.get(key);
  const oldest = rows.reduce((first, {createdAt = 0}) => Math.min(first, createdAt), Number.POSITIVE_INFINITY);
  const isLast = page.index >= page.pageCount;
  const isFurther = page.index > (before?.pages ?? 0);
  const list: RunList = {
    pages: Math.max(before?.pages ?? 0, page.index),
    total: page.total,
    knownFrom: isFurther ? (isLast ? Number.NEGATIVE_INFINITY : oldest) : (before?.knownFrom ?? oldest),
  };
  const next = {...runs, listsByKey: new Map([...getKeptLists(runs, key), [key, list]])};
  return key === '' && rows.length >= Math.min(size, page.total)
    ? removeDeletedRuns(next, rows, page, arrival.requestedAt)
    : next;
};

/** How many lists with filters are kept, besides the one fetched last. */
const maxLists = 20;

/** The lists to keep besides the one with this key: the one without filters, and those fetched last. */
const getKeptLists = ({listsByKey}: Runs, key: string): readonly (readonly [string, RunList])[] => {
  const others = [...listsByKey].filter(([other]) => other !== key);
  const unfilteredLists = others.filter(([other]) => other === '');
  const filteredLists = others.filter(([other]) => other !== '');
  return [...unfilteredLists, ...filteredLists.slice(-maxLists)];
};

/**
 * Runs that belong on this page of the whole list and are missing from it have been deleted. One that is newer than
 * all on the first page may have been created after the page was compiled, unless it was known before the page
 * was requested.
 */
const removeDeletedRuns = (runs: Runs, rows: readonly RunRow[], page: RunsNews['page'], requestedAt: Instant): Runs => {
  const ids = new Set(rows.map(({id}) => id));
  const times = rows.map(({createdAt = 0}) => createdAt);
  const newest = Math.max(...times);
  const oldest = page.index >= page.pageCount ? Number.NEGATIVE_INFINITY : Math.min(...times);
  const wasKnownBefore = (id: RunId): boolean =>
    page.index === 1 && (runs.foundAtById.get(id) ?? Number.NEGATIVE_INFINITY) <= requestedAt;
  const goneRows = [...runs.rowsById.values()].filter(
    ({id, createdAt = 0}) => !ids.has(id) && createdAt > oldest && (createdAt < newest || wasKnownBefore(id)),
  );
  return removeRuns(
    runs,
    goneRows.map(({id}) => id),
  );
};

/** The list without these runs, which the server no longer has. */
export const removeRuns = (runs: Runs, ids: readonly RunId[]): Runs => {
  if (ids.length === 0) {
    return runs;
  }

  const rowsById = new Map(runs.rowsById);
  const markedIds = new Set(runs.markedIds);
  for (const id of ids) {
    rowsById.delete(id);
    markedIds.delete(id);
  }

  return {...runs, rowsById, markedIds};
};

/** Until there is a watermark, polling is paced from the arrival of the first page. */
const withFirstWatermark = (runs: Runs, rows: readonly RunRow[], arrival: NewsArrival): Runs =>
  runs.watermark.requestedAt === undefined
    ? {...runs, watermark: startWatermark(runs.watermark, rows, arrival), changedAt: arrival.respondedAt}
    : runs;

const withNextWatermark = (runs: Runs, {page}: RunsNews, arrival: NewsArrival): Runs => ({
  ...runs,
  watermark: advanceWatermark(runs.watermark, page, {...arrival, usualSize: pageSize}),
});

const withNewRuns = (before: Runs, runs: Runs, rows: readonly RunRow[]): Runs => {
  const list = before.listsByKey.get('');
  const newcomers = rows.filter(
    ({id, createdAt = 0}) => !before.rowsById.has(id) && createdAt >= (list?.knownFrom ?? 0),
  );
  return list === undefined || newcomers.length === 0
    ? runs
    : {...runs, listsByKey: new Map(runs.listsByKey).set('', {...list, total: list.total + newcomers.length})};
};

const withMissedRuns = (runs: Runs, {page, size}: RunsNews, rows: readonly RunRow[]): Runs => {
  if (page.total > size) {
    return runs;
  }

  const ids = new Set(rows.map(({id}) => id));
  const missedIds = [...runs.rowsById.values()]
    .filter(row => isRowInProgress(row) && !ids.has(row.id))
    .map(({id}) => id);
  return missedIds.length === 0 && runs.missedIds.size === 0 ? runs : {...runs, missedIds: new Set(missedIds)};
};

/**
 * Runs that are not in the response although they were requested by their IDs have been deleted. Those whose end has been missed since
 * the request, or that did not fit into it, are requested next.
 */
const withoutMissingRuns = (runs: Runs, {filters}: RunsNews, rows: readonly RunRow[]): Runs => {
  const requestedIds = getRequestedIds(filters);
  const ids = new Set(rows.map(({id}) => id));
  const goneIds: RunId[] = [];
  const missedIds = new Set<RunId>();
  for (const id of runs.missedIds) {
    if (!requestedIds.has(id)) {
      missedIds.add(id);
    } else if (!ids.has(id)) {
      goneIds.push(id);
    }
  }

  return removeRuns({...runs, missedIds}, goneIds);
};

const getRequestedIds = ({id}: RunFilters): ReadonlySet<string> =>
  new Set(typeof id === 'object' && 'oneOf' in id ? id.oneOf : []);
