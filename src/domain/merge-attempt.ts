import type {Attempt} from './attempt.js';
import {type Instant, pickLater} from './instant.js';
import {getPhase, isFinished, type Status} from './status.js';

/** Whether the attempt is known only from `/dag`, which has neither its number nor the time of its last change. */
const isFromDag = (attempt: Attempt): boolean => attempt.updatedAt === undefined && attempt.inputs === undefined;

/** Ranks statuses by progress. A row never goes back to a lower rank. */
const getProgressRank = (status: Status): number => {
  if (status === 'retried') {
    return 3;
  }

  if (isFinished(status)) {
    return 2;
  }

  return getPhase(status) === 'waiting' ? 0 : 1;
};

/**
 * Updates a step run with a row that may be older than what is known; returns `known` itself if nothing is new. If the times of
 * rows are uncertain, because clocks differ or were set back, a retry counts as later than the attempt, whatever these times say.
 */
export const mergeAttempt = (known: Attempt, update: Attempt, areTimesUncertain = false): Attempt => {
  if (isFromDag(known)) {
    return isFromDag(update) ? known : mergeDagAttempt(known, update);
  }

  // Servers with different clocks can write the same row, so a finished row is newer than an unfinished one, whatever the times.
  if (isFinished(known.status) !== isFinished(update.status)) {
    return isFinished(known.status) ? known : update;
  }

  if (areTimesUncertain && (known.status === 'retrying') !== (update.status === 'retrying')) {
    return known.status === 'retrying' ? known : update;
  }

  const knownAt = known.updatedAt ?? Number.NEGATIVE_INFINITY;
  const updateAt = update.updatedAt ?? Number.NEGATIVE_INFINITY;
  if (updateAt !== knownAt) {
    return updateAt > knownAt ? update : known;
  }

  return mergeSameVersion(known, update);
};

/** The `updatedAt` of a row whose end is known from `/dag` alone, so that any row with the end is newer. */
export const dagEndUpdatedAt: Instant = 0;

/** Replaces an attempt from `/dag` with its row, which may have been requested before `/dag` and still be unfinished. */
const mergeDagAttempt = (fromDag: Attempt, row: Attempt): Attempt =>
  isFinished(fromDag.status) && !isFinished(row.status)
    ? {
        ...row,
        status: fromDag.status,
        statusWord: fromDag.statusWord,
        endedAt: fromDag.endedAt ?? row.endedAt,
        updatedAt: dagEndUpdatedAt,
      }
    : row;

/** Heartbeats, attached logs, `queued` and `retried` do not change `updated`, so the status that is further along wins. */
const mergeSameVersion = (known: Attempt, update: Attempt): Attempt => {
  const further = getProgressRank(update.status) < getProgressRank(known.status) ? known : update;
  const heartbeatAt = pickLater(known.heartbeatAt, update.heartbeatAt);
  const endedAt = further.endedAt ?? known.endedAt ?? update.endedAt;
  const isSame =
    further.status === known.status &&
    heartbeatAt === known.heartbeatAt &&
    endedAt === known.endedAt &&
    update.logSources.length <= known.logSources.length &&
    (known.inputs !== undefined || update.inputs === undefined);
  return isSame
    ? known
    : {
        ...update,
        status: further.status,
        statusWord: further.statusWord,
        endedAt,
        heartbeatAt,
        logSources: update.logSources.length < known.logSources.length ? known.logSources : update.logSources,
      };
};

/** The attempts of one step, oldest first, each number once, all except the last `retried`. */
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
  const fromDag = attempts.filter(isFromDag).sort(compareAttemptStarts);
  return fromDag.length === 0 ? rows : withDagAttempts(rows, fromDag);
};

const getAttemptStart = ({startedAt}: Attempt): Instant => startedAt ?? Number.POSITIVE_INFINITY;

const compareAttemptStarts = (a: Attempt, b: Attempt): number =>
  getAttemptStart(a) === getAttemptStart(b) ? 0 : getAttemptStart(a) < getAttemptStart(b) ? -1 : 1;

/**
 * Places attempts from `/dag`, which reports only the newest attempt of a step, among the rows by their start. The number is
 * one less than that of the next row or, for the last attempt, one more than the previous number.
 */
const withDagAttempts = (rows: readonly Attempt[], fromDag: readonly Attempt[]): readonly Attempt[] => {
  const remaining = [...fromDag];
  const placed: Attempt[] = [];
  for (const row of rows) {
    const previous = remaining.splice(0, remaining.filter(one => getAttemptStart(one) < (row.startedAt ?? 0)).length);
    const from = row.number - previous.length;
    const previousNumber = placed.at(-1)?.number ?? 0;
    placed.push(
      ...previous.map((one, index) => withNumber(one, from + index)).filter(one => one.number > previousNumber),
      row,
    );
  }

  const last = placed.at(-1)?.number ?? 0;
  return [...placed, ...remaining.map((one, index) => withNumber(one, last + 1 + index))];
};

const withNumber = (attempt: Attempt, number: number): Attempt =>
  attempt.number === number ? attempt : {...attempt, number};

/** The server sets previous attempts to `retried` when it creates the next one, without changing `updated`. */
const markRetried = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.map((attempt, index) =>
    index < attempts.length - 1 && attempt.status !== 'retried'
      ? {...attempt, status: 'retried', statusWord: 'retried'}
      : attempt,
  );
