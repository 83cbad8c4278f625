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

export const linesPerChunk = 512;

/** So many lines are held at least, once there are so many: whole chunks go, from the beginning. */
export const maxLogLines = 50_000;

/** UTF-16 units held at most, but for the last chunk: with lines of a usual length, `mostLines` is reached before. */
export const maxLogCharacters = 16_000_000;

export const emptyLogLines: LogLines = {chunks: [], first: 0, end: 0, charCount: 0};

export const findLogLine = ({chunks, first}: LogLines, number: number): LogLine | undefined =>
  chunks[Math.floor((number - first) / linesPerChunk)]?.lines[(number - first) % linesPerChunk];

export const findLastLogLine = (lines: LogLines): LogLine | undefined => findLogLine(lines, lines.end - 1);

/** With `more` below; the first of these takes the place of the last line where it draws over that. */
export const withLines = (lines: LogLines, more: readonly LogLine[], isRedrawing: boolean): LogLines => {
  if (more.length === 0) {
    return lines;
  }

  const open = lines.chunks.at(-1);
  const isOpen = open !== undefined && (open.lines.length < linesPerChunk || isRedrawing);
  const kept = isOpen ? (isRedrawing ? open.lines.slice(0, -1) : open.lines) : [];
  const closed = isOpen ? lines.chunks.slice(0, -1) : lines.chunks;
  const chunks = [...closed, ...splitIntoChunks(kept, more)];
  const end = lines.first + closed.length * linesPerChunk + kept.length + more.length;
  const charCount = chunks.slice(closed.length).reduce((sum, chunk) => sum + chunk.charCount, 0);
  return dropOldChunks({
    chunks,
    first: lines.first,
    end,
    charCount: lines.charCount - (isOpen ? open.charCount : 0) + charCount,
  });
};

const splitIntoChunks = (kept: readonly LogLine[], more: readonly LogLine[]): readonly LogChunk[] => {
  const head = linesPerChunk - kept.length;
  const chunks = [createChunk([...kept, ...more.slice(0, head)])];
  for (let from = head; from < more.length; from += linesPerChunk) {
    chunks.push(createChunk(more.slice(from, from + linesPerChunk)));
  }

  return chunks;
};

const createChunk = (lines: readonly LogLine[]): LogChunk => ({
  lines,
  charCount: lines.reduce((sum, {text}) => sum + text.length, 0),
});

const dropOldChunks = (lines: LogLines): LogLines => {
  let {first, charCount} = lines;
  let gone = 0;
  while (
    gone < lines.chunks.length - 1 &&
    (lines.end - first - linesPerChunk >= maxLogLines || charCount > maxLogCharacters)
  ) {
    charCount -= lines.chunks[gone]?.charCount ?? 0;
    first += linesPerChunk;
    gone += 1;
  }

  return gone === 0 ? lines : {...lines, chunks: lines.chunks.slice(gone), first, charCount};
};
