import type {Attempt} from './attempt.js';
import {type Instant, pickLater} from './instant.js';
import {getPhase, isFinished, type Status} from './status.js';

/** Only `/dag` told of it: it has no number of its own and no time of change. */
const isFromDag = (attempt: Attempt): boolean => attempt.updatedAt === undefined && attempt.inputs === undefined;

/** How far a row with this status has come; rows do not go back. */
const getProgressRank = (status: Status): number =>
  status === 'retried' ? 3 : isFinished(status) ? 2 : getPhase(status) === 'waiting' ? 0 : 1;

/** What is held of one step run, brought up to date by a row that may be older than it; itself if nothing is new. */
export const mergeAttempt = (held: Attempt, news: Attempt): Attempt => {
  if (isFromDag(held)) {
    return isFromDag(news) ? held : mergeDagAttempt(held, news);
  }

  // Servers whose clocks differ may write one row: what has ended is newer than what has not, whatever the times say.
  if (isFinished(held.status) !== isFinished(news.status)) {
    return isFinished(held.status) ? held : news;
  }

  const heldAt = held.updatedAt ?? Number.NEGATIVE_INFINITY;
  const newsAt = news.updatedAt ?? Number.NEGATIVE_INFINITY;
  if (newsAt !== heldAt) {
    return newsAt > heldAt ? news : held;
  }

  return mergeSameVersion(held, news);
};

/** In place of when a row was written, where `/dag` told of its end first: any row that shows the end is newer. */
export const endedByDag: Instant = 0;

/** The row of what only `/dag` told of so far. It may have been asked for before `/dag` was, and say less of the end. */
const mergeDagAttempt = (told: Attempt, row: Attempt): Attempt =>
  isFinished(told.status) && !isFinished(row.status)
    ? {
        ...row,
        status: told.status,
        statusWord: told.statusWord,
        endedAt: told.endedAt ?? row.endedAt,
        updatedAt: endedByDag,
      }
    : row;

/** Heartbeats, attached logs, `queued` and `retried` do not move `updated`: of these, whatever is further on holds. */
const mergeSameVersion = (held: Attempt, news: Attempt): Attempt => {
  const further = getProgressRank(news.status) < getProgressRank(held.status) ? held : news;
  const heartbeatAt = pickLater(held.heartbeatAt, news.heartbeatAt);
  const endedAt = further.endedAt ?? held.endedAt ?? news.endedAt;
  const isSame =
    further.status === held.status &&
    heartbeatAt === held.heartbeatAt &&
    endedAt === held.endedAt &&
    news.logSources.length <= held.logSources.length &&
    (held.inputs !== undefined || news.inputs === undefined);
  return isSame
    ? held
    : {
        ...news,
        status: further.status,
        statusWord: further.statusWord,
        endedAt,
        heartbeatAt,
        logSources: news.logSources.length < held.logSources.length ? held.logSources : news.logSources,
      };
};

/** The attempts of one step, oldest first, each number once, all but the last of them `retried`. */
export const normalizeAttempts = (attempts: readonly Attempt[]): readonly Attempt[] =>
  markRetried(numberAttempts(attempts));

const numberAttempts = (attempts: readonly Attempt[]): readonly Attempt[] => {
  const rowsByNumber = new Map<number, Attempt>();
  for (const row of attempts.filter(attempt => !isFromDag(attempt))) {
    const other = rowsByNumber.get(row.number);
    if (other === undefined || (row.updatedAt ?? 0) >= (other.updatedAt ?? 0)) {
      rowsByNumber.set(row.number, row);
    }
  }

  const rows = [...rowsByNumber.values()].sort((a, b) => a.number - b.number);
  const told = attempts.filter(isFromDag).sort(compareAttemptStarts);
  return told.length === 0 ? rows : withDagAttempts(rows, told);
};

const getAttemptStart = ({startedAt}: Attempt): Instant => startedAt ?? Number.POSITIVE_INFINITY;

const compareAttemptStarts = (a: Attempt, b: Attempt): number =>
  getAttemptStart(a) === getAttemptStart(b) ? 0 : getAttemptStart(a) < getAttemptStart(b) ? -1 : 1;

/**
 * `/dag` tells of the newest attempt there was: by its start it is placed among the rows, which may be newer. Its number
 * is one less than that of the next, or if it is the last one more than that of the one before.
 */
const withDagAttempts = (rows: readonly Attempt[], told: readonly Attempt[]): readonly Attempt[] => {
  const left = [...told];
  const placed: Attempt[] = [];
  for (const row of rows) {
    const earlier = left.splice(0, left.filter(one => getAttemptStart(one) < (row.startedAt ?? 0)).length);
    const from = row.number - earlier.length;
    const numberBefore = placed.at(-1)?.number ?? 0;
    placed.push(...earlier.map((one, at) => withNumber(one, from + at)).filter(one => one.number > numberBefore), row);
  }

  const last = placed.at(-1)?.number ?? 0;
  return [...placed, ...left.map((one, at) => withNumber(one, last + 1 + at))];
};

const withNumber = (attempt: Attempt, number: number): Attempt =>
  attempt.number === number ? attempt : {...attempt, number};

/** The server turns every earlier row of a name into `retried` when it makes the next one, and does not tell. */
const markRetried = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.map((attempt, at) =>
    at < attempts.length - 1 && attempt.status !== 'retried'
      ? {...attempt, status: 'retried', statusWord: 'retried'}
      : attempt,
  );
