import type {Instant} from '../domain/instant.js';
import type {Request, State, Watch} from './state.js';

/** The clock was not ticked for this long: the machine slept, or the terminal stood still. */
const gapMs = 30_000;

/** The state at `now`. After a gap, or when the clock was put back, all that is known is doubted. */
export const ticked = (state: State, now: Instant): State => {
  const next = now < state.now ? rewound(state, now) : state;
  const notice = next.notice !== undefined && next.notice.until <= now ? undefined : next.notice;
  const isDoubtful = now < state.now || now - state.now > gapMs;
  const watch = isDoubtful && next.watch !== undefined ? {...next.watch, doubtedAt: now} : next.watch;
  const runs = isDoubtful ? {...next.runs, doubtedAt: now} : next.runs;
  return {...next, now, notice, watch, runs};
};

/** Nothing has happened later than now: else all would wait until the clock is there again. */
const rewound = (state: State, now: Instant): State => ({
  ...state,
  notice: undefined,
  requests: new Map([...state.requests].map(([key, request]) => [key, rewoundRequest(request, now)])),
  outage: state.outage && {...state.outage, since: Math.min(state.outage.since, now), lastAt: now},
  watch: state.watch && rewoundWatch(state.watch, now),
});

const before = (at: Instant | undefined, now: Instant): Instant | undefined =>
  at === undefined ? undefined : Math.min(at, now - 1);

const rewoundRequest = (request: Request, now: Instant): Request => ({
  ...request,
  asOf: before(request.asOf, now),
  answeredAt: Math.min(request.answeredAt, now),
  failingSince: before(request.failingSince, now),
});

const rewoundWatch = (watch: Watch, now: Instant): Watch => ({
  ...watch,
  openedAt: Math.min(watch.openedAt, now),
  changedAt: Math.min(watch.changedAt, now),
  unplannedAt: before(watch.unplannedAt, now),
  overAt: before(watch.overAt, now),
});

type Times = {
  readonly askedAt: Instant;
  readonly answeredAt: Instant;
  readonly serverDateAt: Instant | undefined;
};

/**
 * The difference of the clocks from an answer's Date, which is cut to whole seconds and was written between asking and
 * answering: it lies within a second and a bit. What is held moves no further than into that, so it never overshoots, and
 * comes nearer to the truth with each answer.
 */
export const withClockOffset = (state: State, {askedAt, answeredAt, serverDateAt}: Times): State => {
  if (serverDateAt === undefined) {
    return state;
  }

  const least = serverDateAt - answeredAt;
  const most = serverDateAt + 1000 - askedAt;
  const clockOffsetMs = Math.max(least, Math.min(most, state.clockOffsetMs));
  return clockOffsetMs === state.clockOffsetMs ? state : {...state, clockOffsetMs};
};
