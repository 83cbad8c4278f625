import type {ComparedValue} from '../../domain/compare-runs.js';
import {cells, cutEnd, padEnd} from '../../format/cells.js';
import {changeWords} from '../../format/change-words.js';
import {formatDuration} from '../../format/duration.js';
import {jsonLine} from '../../format/json-text.js';
import {nothing} from '../../format/marks.js';
import {statusWord, toneOfStatus} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import {type Pieces, piece} from '../pieces.js';

/** A value in a column of `width` cells; a number with how it differs from that of the first run, where there is room. */
export const comparedCell = (
  value: ComparedValue | undefined,
  first: ComparedValue | undefined,
  width: number,
  theme: Theme,
): Pieces => {
  if (value === undefined) {
    return [piece(padEnd(nothing, width), 'dim')];
  }

  return value.kind === 'json' ? jsonCell(value.value, first, width) : stepCell(value, first, width, theme);
};

type Step = Extract<ComparedValue, {readonly kind: 'step'}>;

const jsonCell = (
  value: Extract<ComparedValue, {readonly kind: 'json'}>['value'],
  first: ComparedValue | undefined,
  width: number,
): Pieces => {
  const text = jsonLine(value, width);
  const before = first?.kind === 'json' ? first.value : undefined;
  const isMoved = typeof value === 'number' && typeof before === 'number' && value !== before;
  return filled([piece(text)], isMoved ? ` ${changeWords(value, before)}` : '', width);
};

/** What took no time tells its status; else how long it took, behind the glyph of its status. */
const stepCell = (step: Step, first: ComparedValue | undefined, width: number, theme: Theme): Pieces => {
  const {status, durationMs} = step;
  if (status === undefined) {
    return [piece(padEnd(cutEnd('not started', width), width), 'waiting')];
  }

  const tone = toneOfStatus(status.status);
  const glyph = piece(`${theme.statusGlyph(status.status)} `, tone);
  const isTimed = durationMs !== undefined && status.status !== 'cached' && status.status !== 'skipped';
  if (!isTimed) {
    return filled([glyph, piece(statusWord(status), tone)], '', width);
  }

  const before = first?.kind === 'step' && first.status?.status === status.status ? first.durationMs : undefined;
  const change = before === undefined ? '' : durationChange(durationMs, before);
  return filled([glyph, piece(formatDuration(durationMs))], change, width);
};

/** `+12s`; nothing for less than a second. */
export const durationChange = (ms: number, before: number): string => {
  const difference = ms - before;
  return Math.abs(difference) < 1000 ? '' : ` ${difference < 0 ? '-' : '+'}${formatDuration(Math.abs(difference))}`;
};

/** Pieces cut or filled up to the width, with something dim behind them as far as it fits. */
export const filled = (pieces: Pieces, behind: string, width: number): Pieces => {
  const taken = pieces.reduce((sum, {text}) => sum + cells(text), 0);
  const shown = taken + cells(behind) <= width ? behind : '';
  const rest = width - taken - cells(shown);
  const last = pieces.at(-1);
  return rest < 0 && last !== undefined
    ? [...pieces.slice(0, -1), {...last, text: cutEnd(last.text, Math.max(0, cells(last.text) + rest))}]
    : [...pieces, piece(shown, 'dim'), piece(' '.repeat(Math.max(0, rest)))];
};
