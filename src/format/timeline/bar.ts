import type {Instant} from '../../domain/instant.js';
import type {Status} from '../../domain/status.js';
import type {Forecast} from '../../domain/timeline/forecast.js';
import type {TimeScale} from '../../domain/timeline/scale.js';
import type {AttemptSpan, StepSpan} from '../../domain/timeline/step-span.js';
import {createSegment, type Line, type Tone} from '../line.js';
import {getStatusTone} from '../status-words.js';
import type {BarGlyphs, TimelineGlyphs} from './glyphs.js';

/** What all bars of a timeline have in common. */
export type ChartContext = {
  readonly scale: TimeScale;
  /** Where the line that marks now is drawn; `undefined` once the run is over. */
  readonly now: Instant | undefined;
  readonly glyphs: TimelineGlyphs;
  readonly statusGlyph: (status: Status) => string;
};

type Bar = {
  readonly span: StepSpan | undefined;
  /** When everything that the step waits for had ended. */
  readonly readyAt: Instant | undefined;
  readonly forecast: Forecast | undefined;
  readonly isCritical: boolean;
};

/** One cell of a chart. */
type Cell = {readonly text: string; readonly tone: Tone};

const emptyCell: Cell = {text: ' ', tone: 'plain'};

/**
 * The bar of a step: the wait before it, each attempt, the pauses between them, and what is still expected. Marks of
 * attempts that did not succeed are drawn last, so that rounding hides none.
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
  // A shorter wait is the usual delay of the orchestrator, and a cell for it would seem long.
  if (readyAt !== undefined && toHalfCells(span.startedAt) - toHalfCells(readyAt) >= 2) {
    cells.fill(readyAt, span.startedAt, {text: glyphs.wait, tone: 'waiting'});
  }

  const line = isCritical ? glyphs.heavy : glyphs.light;
  for (const [index, attempt] of span.attempts.entries()) {
    const previous = span.attempts[index - 1];
    if (previous !== undefined && previous.endedAt < attempt.startedAt) {
      cells.fill(previous.endedAt, attempt.startedAt, {text: glyphs.wait, tone: 'waiting'});
    }

    if (!isInstant(attempt)) {
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
      cells.mark(isInstant(attempt) ? attempt.startedAt : attempt.endedAt, mark);
    }
  }

  return cells.getLine();
};

const isInstant = ({status}: AttemptSpan): boolean => status === 'cached' || status === 'skipped';

const getAttemptTone = ({status, isEndUnknown}: AttemptSpan): Tone =>
  isEndUnknown ? 'warning' : status === 'retried' || status === 'retrying' ? 'bad' : getStatusTone(status);

/** A mark at the end of an attempt (of a reused step: at its start); none where it completed. */
const getMark = (
  {status, isLive, isEndUnknown}: AttemptSpan,
  {glyphs, statusGlyph}: ChartContext,
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
      return {text: statusGlyph('failed'), tone: 'bad'};

    default:
      return {text: statusGlyph(status), tone: getStatusTone(status)};
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

/** The density of a group: how many of its items run in each cell, in quarters of the largest number at one time, and what is expected. */
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
    cells.mark(at, {text: chart.statusGlyph('failed'), tone: 'bad'});
  }

  return cells.getLine();
};

/** A row of cells, empty except for the line that marks now. */
const createCells = (chart: ChartContext) => {
  const {scale, now, glyphs} = chart;
  const {cells: width, toHalfCells: getPosition} = scale;
  const cells: Cell[] = Array.from({length: width}, () => emptyCell);
  const isInside = (cell: number): boolean => cell >= 0 && cell < width;
  const put = (cell: number, content: Cell): void => {
    if (isInside(cell)) {
      cells[cell] = content;
    }
  };

  if (now !== undefined) {
    put(Math.floor(getPosition(now) / 2), {text: glyphs.now, tone: 'dim'});
  }

  return {
    put,
    /** Fills whole cells, at least one. */
    fill: (from: Instant, to: Instant, content: Cell): void => {
      const first = Math.max(0, Math.floor(getPosition(from) / 2));
      const end = Math.min(width, Math.max(first + 1, Math.round(getPosition(to) / 2)));
      for (let cell = first; cell < end && getPosition(to) >= 0; cell++) {
        put(cell, content);
      }
    },
    /** Fills half cells, at least one. */
    fillHalves: (from: Instant, to: Instant, {full, left, right}: BarGlyphs, tone: Tone): void => {
      const start = Math.round(getPosition(from));
      const end = Math.max(start + 1, Math.round(getPosition(to)));
      if (end <= 0 || start >= width * 2) {
        return;
      }

      const first = Math.max(0, start);
      const last = Math.min(width * 2, end);
      for (let cell = Math.floor(first / 2); cell * 2 < last; cell++) {
        const hasLeft = cell * 2 >= first;
        const hasRight = cell * 2 + 1 < last;
        put(cell, {text: hasLeft && hasRight ? full : hasLeft ? left : right, tone});
      }
    },
    /** Marks the cell that an instant is in; one at the right edge of its cell belongs to the bar before it. */
    mark: (at: Instant, content: Cell): void => {
      const position = getPosition(at);
      if (position >= 0 && position <= width * 2) {
        put(Math.min(width - 1, Math.max(0, Math.ceil(position / 2) - 1)), content);
      }
    },
    /** Where nothing is shown because it is all before or after the window. */
    markOutside: (startedAt: Instant, endedAt: Instant): void => {
      if (getPosition(endedAt) < 0) {
        put(0, {text: glyphs.before, tone: 'dim'});
      } else if (getPosition(startedAt) > width * 2) {
        put(width - 1, {text: glyphs.after, tone: 'dim'});
      }
    },
    getLine: (): Line => {
      for (const {start} of scale.folds) {
        const first = Math.ceil(start / 2);
        put(first, {text: glyphs.fold, tone: 'dim'});
        put(first + 1, {text: glyphs.fold, tone: 'dim'});
      }

      return joinCells(cells);
    },
  };
};

/** Adjacent cells of the same tone become one segment. */
const joinCells = (cells: readonly Cell[]): Line => {
  const line: {text: string; tone: Tone}[] = [];
  for (const {text, tone} of cells) {
    const last = line.at(-1);
    if (last?.tone === tone) {
      last.text += text;
    } else {
      line.push({text, tone});
    }
  }

  return line.map(({text, tone}) => createSegment(text, tone));
};
