import type {RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {isGoingOn, type RunRow, rowOfRun} from '../../domain/run-row.js';
import {heldIfSame} from '../../domain/same.js';
import type {Action} from '../action.js';
import {movedWatermark} from '../watermark.js';
import type {ListingNews} from './listing.js';
import {listKey, pageSize, type RunList, type Runs} from './runs.js';

type Arrived = Extract<Action, {readonly type: 'news/arrived'}>;
type Listed = Extract<ListingNews, {readonly kind: 'runs'}>;

/** What an answer with runs changes in what is known of them. */
export const withListed = (runs: Runs, news: Listed, arrived: Arrived): Runs => {
  const rows = news.page.items.map(rowOfRun);
  const next = withRows(runs, rows, arrived.answeredAt);
  switch (news.slice) {
    case 'page':
      return withStart(withPage(next, news, rows, arrived), rows, arrived);

    case 'delta':
      return withWatermark(withNewcomers(runs, next, rows), news, arrived);

    case 'going-on':
      return withMissed(next, news, rows);

    case 'missed':
      return withoutMissing(next, rows);
  }
};

const withRows = (runs: Runs, rows: readonly RunRow[], at: Instant): Runs => {
  const changed = rows.flatMap(row => {
    const before = runs.rowsById.get(row.id);
    const after = before === undefined ? row : heldIfSame(before, row);
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

const withPage = (runs: Runs, {filters, page, size}: Listed, rows: readonly RunRow[], arrived: Arrived): Runs => {
  const key = listKey(filters);
  const before = runs.listsByKey.get(key);
  const oldest = rows.reduce((first, {createdAt = 0}) => Math.min(first, createdAt), Number.POSITIVE_INFINITY);
  const isLast = page.index >= page.pageCount;
  const isFurther = page.index > (before?.pages ?? 0);
  const list: RunList = {
    pages: Math.max(before?.pages ?? 0, page.index),
    total: page.total,
    knownFrom: isFurther ? (isLast ? Number.NEGATIVE_INFINITY : oldest) : (before?.knownFrom ?? oldest),
  };
  const next = {...runs, listsByKey: new Map([...keptLists(runs, key), [key, list]])};
  return key === '' && rows.length >= Math.min(size, page.total) ? withoutDeleted(next, rows, page, arrived) : next;
};

/** Lists that were asked for by filters typed before. */
const mostLists = 20;

const keptLists = ({listsByKey}: Runs, key: string): readonly (readonly [string, RunList])[] => {
  const others = [...listsByKey].filter(([other]) => other !== key);
  const plain = others.filter(([other]) => other === '');
  return [...plain, ...others.filter(([other]) => other !== '').slice(-mostLists)];
};

/** A run younger than this, in milliseconds, may have come after the page was put together. */
const youngMs = 5000;

/** Runs that should be on this page of the whole list and are not there have been deleted. */
const withoutDeleted = (runs: Runs, rows: readonly RunRow[], page: Listed['page'], {serverDateAt}: Arrived): Runs => {
  const ids = new Set(rows.map(({id}) => id));
  const times = rows.map(({createdAt = 0}) => createdAt);
  const newest = Math.max(...times, page.index === 1 ? (serverDateAt ?? 0) - youngMs : 0);
  const oldest = page.index >= page.pageCount ? Number.NEGATIVE_INFINITY : Math.min(...times);
  const gone = [...runs.rowsById.values()].filter(
    ({id, createdAt = 0}) => !ids.has(id) && createdAt > oldest && createdAt < newest,
  );
  return without(
    runs,
    gone.map(({id}) => id),
  );
};

const without = (runs: Runs, ids: readonly RunId[]): Runs => {
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

const withStart = (runs: Runs, rows: readonly RunRow[], {askedAt, answeredAt, serverDateAt}: Arrived): Runs => {
  if (runs.watermarkAt !== undefined) {
    return runs;
  }

  const lastAt = rows.reduce((last, {updatedAt = 0}) => Math.max(last, updatedAt), 0);
  const watermarkAt = (serverDateAt ?? (lastAt > 0 ? lastAt : askedAt)) - overlapMs;
  return {...runs, watermarkAt, changedAt: answeredAt};
};

const withWatermark = (runs: Runs, {page, size}: Listed, {serverDateAt}: Arrived): Runs => {
  const {watermarkAt = 0} = runs;
  if (page.total > page.items.length) {
    return {...runs, ...movedWatermark({watermarkAt, deltaSize: size}, page)};
  }

  const lastAt = page.items.reduce((last, {updatedAt = 0}) => Math.max(last, updatedAt), watermarkAt);
  // When nothing is written for a while, the last rows are not sent again and again.
  const seenAt = serverDateAt === undefined ? lastAt : Math.max(lastAt, serverDateAt - overlapMs);
  return {...runs, watermarkAt: seenAt, isDeltaCut: false, deltaSize: pageSize};
};

const withNewcomers = (before: Runs, runs: Runs, rows: readonly RunRow[]): Runs => {
  const list = before.listsByKey.get('');
  const newcomers = rows.filter(
    ({id, createdAt = 0}) => !before.rowsById.has(id) && createdAt >= (list?.knownFrom ?? 0),
  );
  return list === undefined || newcomers.length === 0
    ? runs
    : {...runs, listsByKey: new Map(runs.listsByKey).set('', {...list, total: list.total + newcomers.length})};
};

const withMissed = (runs: Runs, {page, size}: Listed, rows: readonly RunRow[]): Runs => {
  if (page.total > size) {
    return runs;
  }

  const ids = new Set(rows.map(({id}) => id));
  const missed = [...runs.rowsById.values()].filter(row => isGoingOn(row) && !ids.has(row.id)).map(({id}) => id);
  return missed.length === 0 && runs.missedIds.size === 0 ? runs : {...runs, missedIds: new Set(missed)};
};

const withoutMissing = (runs: Runs, rows: readonly RunRow[]): Runs => {
  const ids = new Set(rows.map(({id}) => id));
  const gone = [...runs.missedIds].filter(id => !ids.has(id));
  return without({...runs, missedIds: new Set()}, gone);
};
