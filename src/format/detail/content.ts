import type {Mark} from '../../domain/mark.js';
import type {Line} from '../line.js';

/** Lines that are only made when they are seen; an array of them is one. */
export type LineSource = Pick<readonly Line[], 'length' | 'slice'>;

/** What a tab holds: its lines, and the places among them where the cursor can stand, from top to bottom. */
export type Content = {
  readonly lines: LineSource;
  readonly marks: readonly Mark[];
  /** A line to show in the middle until the reader scrolls. */
  readonly focus?: number | undefined;
};

export const createContent = (lines: LineSource): Content => ({lines, marks: []});

/** A line, and what the cursor finds there if it can stand on it. */
export type MarkedLine = {readonly line: Line; readonly mark?: Omit<Mark, 'line'>};

export const createUnmarkedLines = (lines: readonly Line[]): readonly MarkedLine[] => lines.map(line => ({line}));

export const createMarkedContent = (marked: readonly MarkedLine[]): Content => ({
  lines: marked.map(({line}) => line),
  marks: marked.flatMap(({mark}, line) => (mark === undefined ? [] : [{...mark, line}])),
});

/** Contents below each other as one; the lines of all of them are made. */
export const stackContents = (parts: readonly Content[]): Content => {
  const lines: Line[] = [];
  const marks: Mark[] = [];
  for (const part of parts) {
    const above = lines.length;
    for (const line of part.lines.slice()) {
      lines.push(line);
    }

    marks.push(...part.marks.map(mark => ({...mark, line: mark.line + above})));
  }

  return {lines, marks};
};
