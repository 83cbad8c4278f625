import {keepIfEqual} from '../../domain/equality.js';
import type {RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {createRunRow, isRunInProgress, type RunRow} from '../../domain/run-row.js';
import type {Action} from '../action.js';
import {advanceWatermark} from '../requests/watermark.js';
import type {ListingNews} from './listing.js';
import {getListKey, pageSize, type RunList, type Runs} from './runs.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;
type RunsNews = Extract<ListingNews, {readonly kind: 'runs'}>;

/** What an answer with runs changes in what is known of them. */
export const withRunsNews = (runs: Runs, news: RunsNews, arrived: NewsArrival): Runs => {
  const rows = news.page.items.map(createRunRow);
  const next = withRunRows(runs, rows, arrived.answeredAt);
  switch (news.slice) {
    case 'page':
      return withFirstWatermark(withRunsPage(next, news, rows, arrived), rows, arrived);

    case 'delta':
      return withNextWatermark(withNewRuns(runs, next, rows), news, arrived);

    case 'going-on':
      return withMissedRuns(next, news, rows);

    case 'missed':
      return removeMissingRuns(next, rows);
  }
};

const withRunRows = (runs: Runs, rows: readonly RunRow[], at: Instant): Runs => {
  const changed = rows.flatMap(row => {
    const before = runs.rowsById.get(row.id);
    const after = before === undefined ? row : keepIfEqual(before, row);
    return after === before ? [] : [after];
  });
  if (changed.length === 0) {
    return runs;
  }

  const rowsById = new Map(runs.rowsById);
  for (const row of changed) {
    rowsById.set(row.id, row);
  }

  return {...runs, rowsById, changedAt: at};
};

const withRunsPage = (
  runs: Runs,
  {filters, page, size}: RunsNews,
  rows: readonly RunRow[],
  arrived: NewsArrival,
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
  return key === '' && rows.length >= Math.min(size, page.total) ? removeDeletedRuns(next, rows, page, arrived) : next;
};

/** Lists that were asked for by filters typed before. */
const maxLists = 20;

const getKeptLists = ({listsByKey}: Runs, key: string): readonly (readonly [string, RunList])[] => {
  const others = [...listsByKey].filter(([other]) => other !== key);
  const plain = others.filter(([other]) => other === '');
  return [...plain, ...others.filter(([other]) => other !== '').slice(-maxLists)];
};

/** A run younger than this, in milliseconds, may have come after the page was put together. */
const newRunMs = 5000;

/** Runs that should be on this page of the whole list and are not there have been deleted. */
const removeDeletedRuns = (
  runs: Runs,
  rows: readonly RunRow[],
  page: RunsNews['page'],
  {serverDateAt}: NewsArrival,
): Runs => {
  const ids = new Set(rows.map(({id}) => id));
  const times = rows.map(({createdAt = 0}) => createdAt);
  const newest = Math.max(...times, page.index === 1 ? (serverDateAt ?? 0) - newRunMs : 0);
  const oldest = page.index >= page.pageCount ? Number.NEGATIVE_INFINITY : Math.min(...times);
  const gone = [...runs.rowsById.values()].filter(
    ({id, createdAt = 0}) => !ids.has(id) && createdAt > oldest && createdAt < newest,
  );
  return removeRuns(
    runs,
    gone.map(({id}) => id),
  );
};

const removeRuns = (runs: Runs, ids: readonly RunId[]): Runs => {
  if (ids.length === 0) {
    return runs;
  }

  const rowsById = new Map(runs.rowsById);
  const marked = new Set(runs.marked);
  for (const id of ids) {
    rowsById.delete(id);
    marked.delete(id);
  }

  return {...runs, rowsById, marked};
};

/** Writes that could not be seen yet when the server wrote its Date, which is cut to whole seconds, too. */
const overlapMs = 3000;

const withFirstWatermark = (
  runs: Runs,
  rows: readonly RunRow[],
  {askedAt, answeredAt, serverDateAt}: NewsArrival,
): Runs => {
  if (runs.watermarkAt !== undefined) {
    return runs;
  }

  const lastAt = rows.reduce((last, {updatedAt = 0}) => Math.max(last, updatedAt), 0);
  const watermarkAt = (serverDateAt ?? (lastAt > 0 ? lastAt : askedAt)) - overlapMs;
  return {...runs, watermarkAt, changedAt: answeredAt};
};

const withNextWatermark = (runs: Runs, {page, size}: RunsNews, {serverDateAt}: NewsArrival): Runs => {
  const {watermarkAt = 0} = runs;
  if (page.total > page.items.length) {
    return {...runs, ...advanceWatermark({watermarkAt, deltaSize: size}, page)};
  }

  const lastAt = page.items.reduce((last, {updatedAt = 0}) => Math.max(last, updatedAt), watermarkAt);
  // When nothing is written for a while, the last rows are not sent again and again.
  const seenAt = serverDateAt === undefined ? lastAt : Math.max(lastAt, serverDateAt - overlapMs);
  return {...runs, watermarkAt: seenAt, isDeltaCut: false, deltaSize: pageSize};
};

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
  const missed = [...runs.rowsById.values()].filter(row => isRunInProgress(row) && !ids.has(row.id)).map(({id}) => id);
  return missed.length === 0 && runs.missedIds.size === 0 ? runs : {...runs, missedIds: new Set(missed)};
};

const removeMissingRuns = (runs: Runs, rows: readonly RunRow[]): Runs => {
  const ids = new Set(rows.map(({id}) => id));
  const gone = [...runs.missedIds].filter(id => !ids.has(id));
  return removeRuns({...runs, missedIds: new Set()}, gone);
};
