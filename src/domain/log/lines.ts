import type {LogLine} from './line.js';

/** Lines that never change; what is derived from them can be remembered by it. */
export type LogChunk = {readonly lines: readonly LogLine[]; readonly charCount: number};

/**
 * The last lines of a log. All chunks but the last are full, so that a line is found by its number and that adding lines
 * makes one chunk anew, whatever there is before it.
 */
export type LogLines = {
  readonly chunks: readonly LogChunk[];
  /** Number of the first line that is held; lines are counted from 0, those that are gone among them. */
  readonly first: number;
  /** Number after that of the last line. */
  readonly end: number;
  /** UTF-16 units in all that is held. */
  readonly charCount: number;
};

export const chunkSize = 512;

/** So many lines are held at least, once there are so many: whole chunks go, from the beginning. */
export const mostLines = 50_000;

/** UTF-16 units held at most, but for the last chunk: with lines of a usual length, `mostLines` is reached before. */
export const mostChars = 16_000_000;

export const noLines: LogLines = {chunks: [], first: 0, end: 0, charCount: 0};

export const lineAt = ({chunks, first}: LogLines, number: number): LogLine | undefined =>
  chunks[Math.floor((number - first) / chunkSize)]?.lines[(number - first) % chunkSize];

export const lastLine = (lines: LogLines): LogLine | undefined => lineAt(lines, lines.end - 1);

/** With `more` below; the first of these takes the place of the last line where it draws over that. */
export const withLines = (lines: LogLines, more: readonly LogLine[], isRedrawing: boolean): LogLines => {
  if (more.length === 0) {
    return lines;
  }

  const open = lines.chunks.at(-1);
  const isOpen = open !== undefined && (open.lines.length < chunkSize || isRedrawing);
  const kept = isOpen ? (isRedrawing ? open.lines.slice(0, -1) : open.lines) : [];
  const closed = isOpen ? lines.chunks.slice(0, -1) : lines.chunks;
  const chunks = [...closed, ...chunksOf(kept, more)];
  const end = lines.first + closed.length * chunkSize + kept.length + more.length;
  const charCount = chunks.slice(closed.length).reduce((sum, chunk) => sum + chunk.charCount, 0);
  return bounded({
    chunks,
    first: lines.first,
    end,
    charCount: lines.charCount - (isOpen ? open.charCount : 0) + charCount,
  });
};

const chunksOf = (kept: readonly LogLine[], more: readonly LogLine[]): readonly LogChunk[] => {
  const head = chunkSize - kept.length;
  const chunks = [chunkOf([...kept, ...more.slice(0, head)])];
  for (let from = head; from < more.length; from += chunkSize) {
    chunks.push(chunkOf(more.slice(from, from + chunkSize)));
  }

  return chunks;
};

const chunkOf = (lines: readonly LogLine[]): LogChunk => ({
  lines,
  charCount: lines.reduce((sum, {text}) => sum + text.length, 0),
});

const bounded = (lines: LogLines): LogLines => {
  let {first, charCount} = lines;
  let gone = 0;
  while (gone < lines.chunks.length - 1 && (lines.end - first - chunkSize >= mostLines || charCount > mostChars)) {
    charCount -= lines.chunks[gone]?.charCount ?? 0;
    first += chunkSize;
    gone += 1;
  }

  return gone === 0 ? lines : {...lines, chunks: lines.chunks.slice(gone), first, charCount};
};
