import type {Instant} from '../../domain/instant.js';
import type {TimeScale} from '../../domain/timeline/scale.js';
import {computeTicks} from '../../domain/timeline/ticks.js';
import {formatDuration, formatTrimmedDuration} from '../duration.js';
import {createSegment, type Line} from '../line.js';
import {formatClockTime, type UtcOffset} from '../time.js';

type Axis = {
  readonly scale: TimeScale;
  /** Marks where a pause was folded. */
  readonly foldGlyph: string;
  readonly startedAt: Instant;
  /** `undefined` once the run is over. */
  readonly now: Instant | undefined;
  /** Given if labels are local clock times instead of offsets from the start. */
  readonly getUtcOffset: UtcOffset | undefined;
};

const nowWord = 'now';

/**
 * The labels above the chart, with the durations of folded pauses. A label that would touch `now` or run past the edge is left out.
 */
export const renderAxis = ({scale, foldGlyph, startedAt, now, getUtcOffset}: Axis): Line => {
  const {cells, folds, toHalfCells} = scale;
  const text = Array.from({length: cells}, () => ' ');
  const put = (cell: number, label: string): boolean => {
    const isFree = text.slice(Math.max(0, cell - 1), cell + label.length + 1).every(each => each === ' ');
    if (cell < 0 || cell + label.length > cells || !isFree) {
      return false;
    }

    text.splice(cell, label.length, ...label);
    return true;
  };
  const getCell = (at: Instant): number => Math.floor(toHalfCells(at) / 2);

  const nowCell = now === undefined ? undefined : getCell(now);
  const hasNow = nowCell !== undefined && put(Math.min(nowCell, cells - nowWord.length), nowWord);
  for (const {startedAt: from, endedAt: to, start} of folds) {
    const [cell, mark, duration] = [Math.ceil(start / 2), foldGlyph.repeat(2), formatDuration(to - from)];
    const isPut = put(cell, `${mark} ${duration}`);
    if (!isPut) {
      // `now` leaves no room on the right of the mark, so the duration goes to its left.
      put(cell - duration.length - 1, `${duration} ${mark}`);
    }
  }

  const origin = getUtcOffset === undefined ? startedAt : -getUtcOffset(startedAt);
  for (const at of computeTicks(scale, origin)) {
    put(
      getCell(at),
      getUtcOffset === undefined ? formatTrimmedDuration(at - startedAt) : formatClockTime(at, getUtcOffset),
    );
  }

  const line = text.join('');
  const nowStart = hasNow ? line.indexOf(nowWord) : -1;
  return nowStart === -1
    ? [createSegment(line, 'dim')]
    : [
        createSegment(line.slice(0, nowStart), 'dim'),
        createSegment(nowWord, 'strong'),
        createSegment(line.slice(nowStart + nowWord.length), 'dim'),
      ];
};

/** How many steps run in each cell: a digit, `+` above nine. */
export const renderParallelism = (counts: readonly number[]): Line => [
  createSegment(counts.map(count => (count === 0 ? ' ' : count > 9 ? '+' : String(count))).join(''), 'dim'),
];
