import type {Instant} from '../../domain/instant.js';
import type {News} from '../query.js';
import {type OpenRun, withSync} from '../run/open-run.js';
import type {Runs} from '../runs/runs.js';
import type {State} from '../state.js';
import {
  type Bounds,
  type ClockEvidence,
  clampToBounds,
  getDateBounds,
  getSpreadMs,
  minSpreadMs,
  narrowBounds,
  noClockEvidence,
} from './clock-evidence.js';
import type {RequestState} from './request.js';
import {doubtWatermark, selectCurrentRows} from './set-back-clock.js';
import type {Watermark} from './watermark.js';

/** In milliseconds. After this long without a tick, the machine was asleep or the program was suspended. */
const gapMs = 30_000;

/**
 * In milliseconds. If more than this passed between two ticks, which should be a second apart, zentop itself was not running,
 * so the server is not to blame.
 */
const minSuspensionMs = 2000;

/** The state at `now`. After a gap, or when the clock was set back, all loaded data is invalidated. */
export const reduceTick = (state: State, now: Instant): State => {
  const next = now < state.now ? rewindState(state, now) : state;
  const notice = next.notice !== undefined && next.notice.until <= now ? undefined : next.notice;
  const isDoubtful = now < state.now || now - state.now > gapMs;
  const suspensionNoticedAt = isDoubtful || now - state.now > minSuspensionMs ? now : next.suspensionNoticedAt;
  if (!isDoubtful) {
    return {...next, now, notice, suspensionNoticedAt};
  }

  const openRun =
    next.openRun &&
    withSync(next.openRun, {watermark: restartWatermark(next.openRun.sync.watermark, now), invalidatedAt: now});
  const runs = {...next.runs, watermark: restartWatermark(next.runs.watermark, now), invalidatedAt: now};
  return {...next, now, notice, suspensionNoticedAt, openRun, runs, clock: noClockEvidence};
};

/** The local clock may have been set, so it is unknown how long ago anything was seen. */
const restartWatermark = (watermark: Watermark, now: Instant): Watermark => ({
  ...watermark,
  seenAt: watermark.seenAt === undefined ? undefined : now,
  requestedAt: Number.NEGATIVE_INFINITY,
});

/** Nothing can have happened later than now: otherwise everything would wait until the clock catches up. */
const rewindState = (state: State, now: Instant): State => ({
  ...state,
  notice: undefined,
  requestsByKey: new Map([...state.requestsByKey].map(([key, request]) => [key, rewindRequest(request, now)])),
  outage: state.outage && {...state.outage, since: Math.min(state.outage.since, now), lastAt: now},
  serverInvalidatedAt: clampBefore(state.serverInvalidatedAt, now),
  openRun: state.openRun && rewindOpenRun(state.openRun, now),
  runTrail: state.runTrail.map(openRun => rewindOpenRun(openRun, now)),
  runs: rewindRuns(state.runs, now),
});

const clampBefore = (at: Instant | undefined, now: Instant): Instant | undefined =>
  at === undefined ? undefined : Math.min(at, now - 1);

const rewindRequest = (request: RequestState, now: Instant): RequestState => ({
  ...request,
  asOf: clampBefore(request.asOf, now),
  respondedAt: Math.min(request.respondedAt, now),
  failingSince: clampBefore(request.failingSince, now),
  unsuccessfulSince: clampBefore(request.unsuccessfulSince, now),
});

const rewindOpenRun = (openRun: OpenRun, now: Instant): OpenRun => ({
  ...withSync(openRun, {
    unplannedAt: clampBefore(openRun.sync.unplannedAt, now),
    distrustedAt: clampBefore(openRun.sync.distrustedAt, now),
    hydratedAsOf: clampBefore(openRun.sync.hydratedAsOf, now),
    runDoubtedAt: clampBefore(openRun.sync.runDoubtedAt, now),
    requestedByIdsAt: Math.min(openRun.sync.requestedByIdsAt, now),
    startSeenAt: Math.min(openRun.sync.startSeenAt, now),
    unseen: {...openRun.sync.unseen, seenAt: Math.min(openRun.sync.unseen.seenAt, now)},
  }),
  openedAt: Math.min(openRun.openedAt, now),
  changedAt: Math.min(openRun.changedAt, now),
  endSeenAt: clampBefore(openRun.endSeenAt, now),
  overAt: clampBefore(openRun.overAt, now),
  goneAt: clampBefore(openRun.goneAt, now),
});

const rewindRuns = (runs: Runs, now: Instant): Runs => ({
  ...runs,
  foundAtById: new Map([...runs.foundAtById].map(([id, foundAt]) => [id, Math.min(foundAt, now)])),
  changedAt: Math.min(runs.changedAt, now),
  lastOpen: runs.lastOpen && rewindOpenRun(runs.lastOpen, now),
});

/** What a response says about the server's clock. */
type ClockSample = {
  readonly requestedAt: Instant;
  readonly respondedAt: Instant;
  readonly serverDateAt: Instant | undefined;
  readonly news: News;
};

/**
 * Dates are truncated to whole seconds, so bounds from rows may differ from those from dates by this much and still
 * agree.
 */
const toleranceMs = 1000;

/** Clocks that differ by more than this do not belong to two servers taking turns: one of them was set. */
const maxSpreadMs = 60_000;

/**
 * Estimates the difference between the clocks from a response's Date and from its rows. The estimate moves only when
 * a response proves it wrong, and rows take precedence over dates: a proxy writes its own Date, while the `updated`
 * of a row that was not there a moment ago gives the server's clock to within the time between two requests. A Date
 * that contradicts the rows is ignored. If responses contradict each other by seconds, servers with different clocks
 * take turns, and deltas look back that far.
 */
export const withClockOffset = (state: State, sample: ClockSample): State => {
  const {requestedAt, respondedAt, serverDateAt, news} = sample;
  const byRows = findRowBounds(state, news, sample);
  const byDate = serverDateAt === undefined ? undefined : getDateBounds(serverDateAt, {requestedAt, respondedAt});
  if (byRows === undefined && byDate === undefined) {
    return state;
  }

  const rows = byRows === undefined ? state.clock.rows : narrowBounds(state.clock.rows, byRows);
  const dates = byDate === undefined ? state.clock.dates : narrowBounds(state.clock.dates, byDate);
  const next = {...state, clock: {rows, dates}, clockOffsetMs: estimateOffset(state, {rows, dates}, sample)};
  const spreadMs = Math.max(getSpreadMs(state.clock.rows, byRows), getSpreadMs(state.clock.dates, byDate));
  if (spreadMs > 0 && spreadMs <= maxSpreadMs) {
    return withLookBack(next, spreadMs + 1000);
  }

  const setBackMs = (state.clock.dates?.minMs ?? 0) - (byDate?.maxMs ?? 0);
  return setBackMs > maxSpreadMs &&
    state.clock.dates !== undefined &&
    serverDateAt !== undefined &&
    byDate !== undefined
    ? withWatermarks(next, watermark => doubtWatermark(watermark, serverDateAt))
    : next;
};

const estimateOffset = (
  state: State,
  {rows, dates}: ClockEvidence,
  {serverDateAt, requestedAt}: ClockSample,
): number => {
  const isDateTrue =
    rows === undefined || dates === undefined || (dates.minMs <= rows.maxMs + toleranceMs && dates.maxMs >= rows.minMs);
  const {clockOffsetMs} = state;
  if (serverDateAt === undefined || dates === undefined || !isDateTrue) {
    return rows === undefined ? clockOffsetMs : clampToBounds(clockOffsetMs, rows);
  }

  // Most dates are later than the earliest possible one.
  const guess = clockOffsetMs > dates.maxMs ? serverDateAt + 1000 - requestedAt : clockOffsetMs;
  return rows === undefined ? clampToBounds(guess, dates) : clampToBounds(clampToBounds(guess, dates), rows);
};

const withLookBack = (state: State, ms: number): State =>
  withWatermarks(state, watermark =>
    watermark.lookBackMs >= ms ? watermark : {...watermark, lookBackMs: ms, isDeltaCut: true},
  );

const withWatermarks = (state: State, change: (watermark: Watermark) => Watermark): State => {
  const {openRun, runs} = state;
  return {
    ...state,
    openRun: openRun && withSync(openRun, {watermark: change(openRun.sync.watermark)}),
    runs: {...runs, watermark: change(runs.watermark)},
  };
};

/**
 * A row was written before it arrived, and one that is newer than all previous rows was written after those were
 * requested.
 */
const findRowBounds = (state: State, news: News, {respondedAt}: ClockSample): Bounds | undefined => {
  const watermark =
    news.kind === 'steps' ? state.openRun?.sync.watermark : news.kind === 'runs' ? state.runs.watermark : undefined;
  if (watermark === undefined || (news.kind !== 'steps' && news.kind !== 'runs')) {
    return undefined;
  }

  const rows: readonly {readonly updatedAt: Instant | undefined}[] = news.page.items;
  const times = selectCurrentRows(watermark, rows, {respondedAt}).flatMap(({updatedAt}) => updatedAt ?? []);
  const newer = times.filter(at => at > (watermark.at ?? Number.POSITIVE_INFINITY));
  const minMs = Math.max(...times) - respondedAt;
  return times.length === 0
    ? undefined
    : {
        minMs,
        maxMs: Math.max(minMs, Math.min(...newer) + minSpreadMs - (watermark.requestedAt ?? Number.NEGATIVE_INFINITY)),
      };
};
