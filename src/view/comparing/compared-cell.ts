import type {ComparedValue} from '../../domain/compare-runs.js';
import {findNumber} from '../../domain/json.js';
import {isReused} from '../../domain/status.js';
import {countCells, cutEnd, padEnd} from '../../format/cells.js';
import {formatChange} from '../../format/change-words.js';
import {floorToShownDuration, formatDuration} from '../../format/duration.js';
import {formatJsonLine} from '../../format/json-text.js';
import {createSegment, type Line, type Segment, type Tone} from '../../format/line.js';
import {noValue, timesSign} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';

/** A value in a column of `width` cells; a number with its difference from the first run if there is room. */
export const renderComparedCell = (
  value: ComparedValue | undefined,
  first: ComparedValue | undefined,
  width: number,
  theme: Theme,
): Line => {
  if (value === undefined) {
    return [createSegment(padEnd(noValue, width), 'dim')];
  }

  return value.kind === 'json' ? renderJsonCell(value.value, first, width) : renderStepCell(value, first, width, theme);
};

type ComparedStep = Extract<ComparedValue, {readonly kind: 'step'}>;

const renderJsonCell = (
  value: Extract<ComparedValue, {readonly kind: 'json'}>['value'],
  first: ComparedValue | undefined,
  width: number,
): Line => {
  const text = formatJsonLine(value, width);
  const before = first?.kind === 'json' ? first.value : undefined;
  const [number, numberBefore] = [findNumber(value), findNumber(before)];
  const hasChanged = number !== undefined && numberBefore !== undefined && number !== numberBefore;
  return padLine([createSegment(text)], hasChanged ? ` ${formatChange(number, numberBefore)}` : '', width);
};

/** Status glyph and duration of a step; the status itself if it has no duration. */
const renderStepCell = (step: ComparedStep, first: ComparedValue | undefined, width: number, theme: Theme): Line => {
  const {status, durationMs} = step;
  if (status === undefined) {
    return [createSegment(padEnd(cutEnd('not started', width), width), 'waiting')];
  }

  const tone = getStatusTone(status.status);
  const glyph = createSegment(`${theme.pickStatusGlyph(status.status)} `, tone);
  const isTimed = durationMs !== undefined && !isReused(status.status);
  if (!isTimed) {
    return padLine([glyph, createSegment(formatStatus(status), tone)], '', width);
  }

  const before = first?.kind === 'step' && first.status?.status === status.status ? first.durationMs : undefined;
  const change = before === undefined ? undefined : renderDurationChange(durationMs, before);
  const items =
    step.itemCount === undefined ? [] : [createSegment(` ${timesSign}${formatCount(step.itemCount)}`, 'dim')];
  const cell = [glyph, createSegment(formatDuration(durationMs)), ...items];
  return padLine(cell, change?.text ?? '', width, change?.tone);
};

/**
 * `+12s`, in a different color from `-12s`: the difference of the two durations as they are shown; empty for less than a second.
 */
export const renderDurationChange = (ms: number, before: number): Segment => {
  const difference = floorToShownDuration(ms) - floorToShownDuration(before);
  const isSlower = difference > 0;
  const text = `${isSlower ? '+' : '-'}${formatDuration(Math.abs(difference))}`;
  return Math.abs(difference) < 1000 ? createSegment('') : createSegment(` ${text}`, isSlower ? 'warning' : 'good');
};

/** The line and, if it fits, the suffix in `tone`, padded or cut to `width` cells. */
export const padLine = (line: Line, suffix: string, width: number, tone: Tone = 'dim'): Line => {
  const taken = line.reduce((sum, {text}) => sum + countCells(text), 0);
  const shown = taken + countCells(suffix) <= width ? suffix : '';
  const spareCells = width - taken - countCells(shown);
  const last = line.at(-1);
  return spareCells < 0 && last !== undefined
    ? [...line.slice(0, -1), {...last, text: cutEnd(last.text, Math.max(0, countCells(last.text) + spareCells))}]
    : [...line, createSegment(shown, tone), createSegment(' '.repeat(Math.max(0, spareCells)))];
};
