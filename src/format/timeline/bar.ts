import type {Instant} from '../../domain/instant.js';
import {isReused} from '../../domain/status.js';
import type {Forecast} from '../../domain/timeline/forecast.js';
import type {AttemptSpan, StepSpan} from '../../domain/timeline/step-span.js';
import type {Line, Tone} from '../line.js';
import {getStatusTone} from '../status-words.js';
import {type Cell, type ChartContext, createCells} from './bar-cells.js';

type Bar = {
  readonly span: StepSpan | undefined;
  /** When everything that the step waited for had ended. */
  readonly readyAt: Instant | undefined;
  readonly forecast: Forecast | undefined;
  readonly isCritical: boolean;
};

/**
 * The bar of a step: the wait before it, each attempt, the pauses between them, and what is still expected. The marks of
 * attempts are drawn last, so that rounding hides none.
 */
export const renderBar = ({span, readyAt, forecast, isCritical}: Bar, chart: ChartContext): Line => {
  const cells = createCells(chart);
  const {glyphs, now} = chart;
  if (forecast !== undefined) {
    cells.fill(forecast.startAt, forecast.endAt, {text: glyphs.forecast, tone: 'dim'});
  }

  if (span === undefined) {
    return cells.getLine();
  }

  const {toHalfCells} = chart.scale;
  // A wait of less than one cell is the usual delay of the orchestrator, and a cell for it would seem long.
  if (readyAt !== undefined && toHalfCells(span.startedAt) - toHalfCells(readyAt) >= 2) {
    cells.fill(readyAt, span.startedAt, {text: glyphs.wait, tone: 'waiting'});
  }

  const line = isCritical ? glyphs.heavy : glyphs.light;
  for (const [index, attempt] of span.attempts.entries()) {
    const previous = span.attempts[index - 1];
    if (previous !== undefined && previous.endedAt < attempt.startedAt) {
      cells.fill(previous.endedAt, attempt.startedAt, {text: glyphs.wait, tone: 'waiting'});
    }

    if (!isReused(attempt.status)) {
      cells.fillHalves(attempt.startedAt, attempt.endedAt, line, getAttemptTone(attempt));
    }
  }

  const last = span.attempts.at(-1);
  const isRetryPending = last?.status === 'retried' || last?.status === 'retrying';
  if (isRetryPending && now !== undefined && last.endedAt < now) {
    cells.fill(last.endedAt, now, {text: glyphs.wait, tone: 'waiting'});
  }

  cells.markOutside(span.startedAt, span.endedAt);
  for (const attempt of span.attempts) {
    const mark = getMark(attempt, chart);
    if (mark !== undefined) {
      cells.mark(isReused(attempt.status) ? attempt.startedAt : attempt.endedAt, mark);
    }
  }

  return cells.getLine();
};

const getAttemptTone = ({status, isEndUnknown}: AttemptSpan): Tone =>
  isEndUnknown ? 'warning' : status === 'retried' || status === 'retrying' ? 'bad' : getStatusTone(status);

/** The mark at the end of an attempt (of a reused step: at its start); none if it completed. */
const getMark = (
  {status, isLive, isEndUnknown}: AttemptSpan,
  {glyphs, pickStatusGlyph}: ChartContext,
): Cell | undefined => {
  if (isEndUnknown) {
    return {text: glyphs.uncertain, tone: 'warning'};
  }

  if (isLive) {
    return {text: glyphs.live, tone: 'busy'};
  }

  switch (status) {
    case 'completed':
      return undefined;

    case 'retried':
    case 'retrying':
      return {text: pickStatusGlyph('failed'), tone: 'bad'};

    default:
      return {text: pickStatusGlyph(status), tone: getStatusTone(status)};
  }
};

/** From a question to its answer. */
export const renderQuestionBar = (
  {startedAt, endedAt}: {readonly startedAt: Instant; readonly endedAt: Instant},
  isPending: boolean,
  chart: ChartContext,
): Line => {
  const cells = createCells(chart);
  cells.fill(startedAt, endedAt, {text: chart.glyphs.question, tone: isPending ? 'warning' : 'waiting'});
  cells.markOutside(startedAt, endedAt);
  return cells.getLine();
};

/**
 * The density of a group: how many of its items run in each cell, relative to the cell with the most; what is still expected; and a
 * mark for each failure. `counts`: one per cell.
 */
export const renderDensity = (
  counts: readonly number[],
  failedAt: readonly Instant[],
  chart: ChartContext,
  {isLive = true, forecast}: {readonly isLive?: boolean; readonly forecast?: Forecast | undefined} = {},
): Line => {
  const cells = createCells(chart);
  if (forecast !== undefined) {
    cells.fill(forecast.startAt, forecast.endAt, {text: chart.glyphs.forecast, tone: 'dim'});
  }

  const most = Math.max(1, ...counts);
  const {density} = chart.glyphs;
  for (const [cell, count] of counts.entries()) {
    if (count > 0) {
      cells.put(cell, {
        text: density[Math.ceil((count / most) * density.length) - 1] ?? ' ',
        tone: isLive ? 'busy' : 'good',
      });
    }
  }

  for (const at of failedAt) {
    cells.mark(at, {text: chart.pickStatusGlyph('failed'), tone: 'bad'});
  }

  return cells.getLine();
};
