import type {Attempt} from './attempt.js';
import {laterOf} from './instant.js';
import {isFinished, phaseOf, type Status} from './status.js';

/** Only `/dag` told of it: it has no number of its own and no time of change. */
const isToldByDag = (attempt: Attempt): boolean => attempt.updatedAt === undefined && attempt.inputs === undefined;

/** How far a row with this status has come; rows do not go back. */
const progressOf = (status: Status): number =>
  status === 'retried' ? 3 : isFinished(status) ? 2 : phaseOf(status) === 'waiting' ? 0 : 1;

/** What is held of one step run, brought up to date by a row that may be older than it; itself if nothing is new. */
export const mergeAttempt = (held: Attempt, news: Attempt): Attempt => {
  if (isToldByDag(held)) {
    return isToldByDag(news) ? held : filledIn(held, news);
  }

  const heldAt = held.updatedAt ?? Number.NEGATIVE_INFINITY;
  const newsAt = news.updatedAt ?? Number.NEGATIVE_INFINITY;
  if (newsAt !== heldAt) {
    return newsAt > heldAt ? news : held;
  }

  return mergeUnmoved(held, news);
};

/** The row of what only `/dag` told of so far. It may have been asked for before `/dag` was, and say less of the end. */
const filledIn = (told: Attempt, row: Attempt): Attempt =>
  isFinished(told.status) && !isFinished(row.status)
    ? {
        ...row,
        status: told.status,
        statusWord: told.statusWord,
        endedAt: told.endedAt,
        updatedAt: laterOf(row.updatedAt, told.endedAt),
      }
    : row;

/** Heartbeats, attached logs, `queued` and `retried` do not move `updated`: of these, whatever is further on holds. */
const mergeUnmoved = (held: Attempt, news: Attempt): Attempt => {
  const further = progressOf(news.status) < progressOf(held.status) ? held : news;
  const heartbeatAt = laterOf(held.heartbeatAt, news.heartbeatAt);
  const isSame =
    further.status === held.status &&
    heartbeatAt === held.heartbeatAt &&
    news.logSources.length <= held.logSources.length &&
    (held.inputs !== undefined || news.inputs === undefined);
  return isSame
    ? held
    : {
        ...news,
        status: further.status,
        statusWord: further.statusWord,
        endedAt: further.endedAt,
        heartbeatAt,
        logSources: news.logSources.length < held.logSources.length ? held.logSources : news.logSources,
      };
};

/** The attempts of one step, oldest first, each number once, all but the last of them `retried`. */
export const inOrder = (attempts: readonly Attempt[]): readonly Attempt[] => retired(numbered(attempts));

const numbered = (attempts: readonly Attempt[]): readonly Attempt[] => {
  const rowsByNumber = new Map<number, Attempt>();
  for (const row of attempts.filter(attempt => !isToldByDag(attempt))) {
    const other = rowsByNumber.get(row.number);
    if (other === undefined || (row.updatedAt ?? 0) >= (other.updatedAt ?? 0)) {
      rowsByNumber.set(row.number, row);
    }
  }

  const rows = [...rowsByNumber.values()].sort((a, b) => a.number - b.number);
  const told = attempts.findLast(isToldByDag);
  return told === undefined ? rows : withTold(rows, told);
};

/** `/dag` tells of the newest attempt there was: by its start it is placed among the rows, which may be newer. */
const withTold = (rows: readonly Attempt[], told: Attempt): readonly Attempt[] => {
  const place = rows.findIndex(row => (row.startedAt ?? 0) > (told.startedAt ?? Number.POSITIVE_INFINITY));
  if (place === -1) {
    const number = Math.max(told.number, (rows.at(-1)?.number ?? 0) + 1);
    return [...rows, number === told.number ? told : {...told, number}];
  }

  const number = (rows[place]?.number ?? 1) - 1;
  const isFree = number >= 1 && rows[place - 1]?.number !== number;
  return isFree ? [...rows.slice(0, place), {...told, number}, ...rows.slice(place)] : rows;
};

/** The server turns every earlier row of a name into `retried` when it makes the next one, and does not tell. */
const retired = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.map((attempt, at) =>
    at < attempts.length - 1 && attempt.status !== 'retried'
      ? {...attempt, status: 'retried', statusWord: 'retried'}
      : attempt,
  );
