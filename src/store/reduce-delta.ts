import type {Attempt} from '../domain/attempt.js';
import type {StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {withAttempts} from '../domain/merge-steps.js';
import {isFinished, phaseOf} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {countOf, type StepTable, stepsOf} from '../domain/step-table.js';
import type {News} from './query.js';
import {largeDelta, type State, smallDelta, type Watch} from './state.js';

type Steps = Extract<News, {readonly kind: 'steps'}>;
type Times = {readonly askedAt: Instant; readonly answeredAt: Instant};

/** The watch with another table: something changed just now. */
export const withTable = (watch: Watch, table: StepTable, changedAt: Instant): Watch =>
  table === watch.table ? watch : {...watch, table, changedAt};

/** What a page of rows changes, by what was asked. */
export const withDelta = (state: State, watch: Watch, news: Steps, times: Times): Watch => {
  const table = withAttempts(watch.table, news.page.items);
  const next = {
    ...withTable(watch, table, times.answeredAt),
    isRunSuspect: watch.isRunSuspect || makesRunSuspect(watch, table),
  };
  switch (news.slice) {
    case 'newest':
      // From here on deltas tell all: what changed before this was asked for is in the answer, or in `/dag`.
      return {...next, watermarkAt: later(watch.watermarkAt, times.askedAt + state.clockOffsetMs)};

    case 'retried':
      return next;

    case 'delta':
      return {...next, ...movedWatermark(state, watch, news, times)};

    case 'live':
      return news.page.total > news.size ? next : {...next, missedIds: missedIds(table, news.page.items)};
  }
};

const later = (a: Instant | undefined, b: Instant): Instant => (a === undefined ? b : Math.max(a, b));

/**
 * A page that held all there was brings the watermark to when it was asked for. One that did not brings it to its last
 * row; page 2 is never asked for, since rows move between pages. Where not even that is progress the next is larger.
 */
const movedWatermark = (
  state: State,
  watch: Watch,
  {page, size}: Steps,
  {askedAt}: Times,
): Pick<Watch, 'watermarkAt' | 'isDeltaCut' | 'deltaSize'> => {
  if (page.total <= page.items.length || page.items.length === 0) {
    return {
      watermarkAt: later(watch.watermarkAt, askedAt + state.clockOffsetMs),
      isDeltaCut: false,
      deltaSize: smallDelta,
    };
  }

  const lastAt = page.items.reduce((last, row) => Math.max(last, row.updatedAt ?? 0), 0);
  // The overlap asked for lies before the watermark, so rows up to it are no progress.
  const isProgress = lastAt > (watch.watermarkAt ?? 0);
  if (!isProgress && size >= largeDelta) {
    return {watermarkAt: later(watch.watermarkAt, lastAt + 1000), isDeltaCut: true, deltaSize: largeDelta};
  }

  return {
    watermarkAt: later(watch.watermarkAt, lastAt),
    isDeltaCut: true,
    deltaSize: isProgress ? smallDelta : largeDelta,
  };
};

/**
 * The status of a run moves when a step ends. It is worth a look when one failed, when none is left running, and when the
 * run has not been seen running yet.
 */
const makesRunSuspect = (watch: Watch, table: StepTable): boolean => {
  if (table === watch.table) {
    return false;
  }

  const bad = (counts: StepTable['counts']) => countOf(counts, 'failed', 'stopped', 'cancelled');
  const isAnyLeft = Object.entries(table.counts).some(([status, count]) => count > 0 && status === 'running');
  return bad(table.counts) !== bad(watch.table.counts) || !isAnyLeft || watch.run?.status !== 'running';
};

/** Attempts that we hold as unfinished and that are not among the unfinished ones the server lists. */
const missedIds = (table: StepTable, live: readonly Attempt[]): ReadonlySet<StepId> => {
  const liveIds = new Set(live.map(attempt => attempt.id));
  const missed = new Set<StepId>();
  for (const step of stepsOf(table)) {
    const attempt = latestAttempt(step);
    const isHeldLive = attempt !== undefined && !isFinished(attempt.status) && phaseOf(attempt.status) !== 'waiting';
    if (isHeldLive && !liveIds.has(attempt.id)) {
      missed.add(attempt.id);
    }
  }

  return missed;
};
