import type {Instant} from '../../domain/instant.js';
import type {Status} from '../../domain/status.js';
import type {TimeScale} from '../../domain/timeline/scale.js';
import {createSegment, type Line, type Tone} from '../line.js';
import type {BarGlyphs, TimelineGlyphs} from './glyphs.js';

/** What all bars of a timeline have in common. */
export type ChartContext = {
  readonly scale: TimeScale;
  /** Where the line that marks now is drawn; `undefined` once the run is over. */
  readonly now: Instant | undefined;
  readonly glyphs: TimelineGlyphs;
  readonly pickStatusGlyph: (status: Status) => string;
};

/** One cell of a chart. */
export type Cell = {readonly text: string; readonly tone: Tone};

const emptyCell: Cell = {text: ' ', tone: 'plain'};

/** A row of cells, empty except for the line that marks now. */
export const createCells = (chart: ChartContext) => {
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
      if (getPosition(to) < 0) {
        return;
      }

      const first = Math.max(0, Math.floor(getPosition(from) / 2));
      const end = Math.min(width, Math.max(first + 1, Math.round(getPosition(to) / 2)));
      for (let cell = first; cell < end; cell++) {
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
    /** Marks the edge of the window if the span is entirely before or after it. */
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
