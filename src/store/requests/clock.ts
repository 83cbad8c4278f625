import {type Instant, pickLater} from '../../domain/instant.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import type {RequestState} from './request.js';

/** The clock was not ticked for this long: the machine slept, or the terminal stood still. */
const gapMs = 30_000;

/** The state at `now`. After a gap, or when the clock was put back, all that is known is doubted. */
export const reduceTick = (state: State, now: Instant): State => {
  const next = now < state.now ? rewindState(state, now) : state;
  const notice = next.notice !== undefined && next.notice.until <= now ? undefined : next.notice;
  const isDoubtful = now < state.now || now - state.now > gapMs;
  const watch = isDoubtful && next.watch !== undefined ? {...next.watch, doubtedAt: now} : next.watch;
  const runs = isDoubtful ? {...next.runs, doubtedAt: now} : next.runs;
  return {...next, now, notice, watch, runs, clockLeastMs: isDoubtful ? undefined : next.clockLeastMs};
};

/** Nothing has happened later than now: else all would wait until the clock is there again. */
const rewindState = (state: State, now: Instant): State => ({
  ...state,
  notice: undefined,
  requests: new Map([...state.requests].map(([key, request]) => [key, rewindRequest(request, now)])),
  outage: state.outage && {...state.outage, since: Math.min(state.outage.since, now), lastAt: now},
  watch: state.watch && rewindOpenRun(state.watch, now),
});

const clampBefore = (at: Instant | undefined, now: Instant): Instant | undefined =>
  at === undefined ? undefined : Math.min(at, now - 1);

const rewindRequest = (request: RequestState, now: Instant): RequestState => ({
  ...request,
  asOf: clampBefore(request.asOf, now),
  answeredAt: Math.min(request.answeredAt, now),
  failingSince: clampBefore(request.failingSince, now),
});

const rewindOpenRun = (watch: OpenRun, now: Instant): OpenRun => ({
  ...watch,
  openedAt: Math.min(watch.openedAt, now),
  changedAt: Math.min(watch.changedAt, now),
  unplannedAt: clampBefore(watch.unplannedAt, now),
  overAt: clampBefore(watch.overAt, now),
});

/** An answer as a witness of the server's clock. */
type ClockSample = {
  readonly askedAt: Instant;
  readonly answeredAt: Instant;
  readonly serverDateAt: Instant | undefined;
  /** When the newest of the rows in it was written, by the server's clock. */
  readonly writtenAt: Instant | undefined;
};

/** A Date is cut to whole seconds, and written by servers that look at the clock once a second or, when busy, later. */
const maxDateAgeMs = 3000;

/** What the true difference may change by from one answer to the next, as clocks drift. */
const maxDriftMs = 1;

/**
 * The difference of the clocks, from an answer's Date and from its rows: both were true at some moment before the answer
 * came, a Date not long before. That they do not lie in the future gives the least it can be, which comes nearer to the
 * truth with each answer. The guess that is held moves only when an answer shows that it is wrong.
 */
export const withClockOffset = (state: State, {askedAt, answeredAt, serverDateAt, writtenAt}: ClockSample): State => {
  const witnessedAt = pickLater(serverDateAt, writtenAt);
  if (witnessedAt === undefined) {
    return state;
  }

  const least = witnessedAt - answeredAt;
  if (serverDateAt === undefined) {
    // Rows alone may be of long ago.
    const clockLeastMs = Math.max(least, getEarliestServerTime(state, 0));
    return {...state, clockLeastMs, clockOffsetMs: Math.max(state.clockOffsetMs, clockLeastMs)};
  }

  const most = serverDateAt + maxDateAgeMs - askedAt;
  const held = state.clockLeastMs === undefined ? least : state.clockLeastMs - maxDriftMs;
  const clockLeastMs = held > most ? least : Math.max(held, least);
  const guess = state.clockOffsetMs > most ? serverDateAt + 1000 - askedAt : state.clockOffsetMs;
  return {...state, clockLeastMs, clockOffsetMs: Math.max(guess, clockLeastMs)};
};

/** An instant by our clock, as early as it can have been by the server's: what was written before it had been written. */
export const getEarliestServerTime = (state: State, at: Instant): Instant =>
  at + (state.clockLeastMs ?? state.clockOffsetMs);
