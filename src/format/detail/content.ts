import type {Mark} from '../../domain/mark.js';
import type {Line} from '../line.js';

/** Lines that can be created on demand; an array also works. */
type LineSource = Pick<readonly Line[], 'length' | 'slice'>;

/** The lines of a tab, and the positions where the cursor can be, from top to bottom. */
export type Content = {
  readonly lines: LineSource;
  readonly marks: readonly Mark[];
  /** The index of the line to show in the middle until the user scrolls. */
  readonly focus?: number | undefined;
  /** How many lines at the top may come and go. What the user has scrolled to stays in place when they do. */
  readonly head?: number | undefined;
};

export const createContent = (lines: LineSource): Content => ({lines, marks: []});

/** A line, with a mark if the cursor can be on it. */
export type MarkedLine = {readonly line: Line; readonly mark?: Omit<Mark, 'line'>};

export const createUnmarkedLines = (lines: readonly Line[]): readonly MarkedLine[] => lines.map(line => ({line}));

export const createMarkedContent = (marked: readonly MarkedLine[]): Content => ({
  lines: marked.map(({line}) => line),
  marks: marked.flatMap(({mark}, line) => (mark === undefined ? [] : [{...mark, line}])),
});

/** Stacks contents vertically; creates all their lines. */
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
