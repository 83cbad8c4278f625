import type {LogLine} from './line.js';

/** Lines that never change, so that derived values can be cached by the chunk. */
export type LogChunk = {readonly lines: readonly LogLine[]; readonly charCount: number};

/**
 * The last lines of a log. All chunks except the last are full, so that a line can be found by its number, and adding lines
 * replaces only the last chunk.
 */
export type LogLines = {
  readonly chunks: readonly LogChunk[];
  /** The number of the first line that is kept; numbers start at 0 and include dropped lines. */
  readonly first: number;
  /** One more than the number of the last line. */
  readonly end: number;
  /** UTF-16 code units in all lines that are kept. */
  readonly charCount: number;
};

/** How many lines a full chunk has. */
export const linesPerChunk = 512;

/** The last lines, this many or up to one chunk more, are kept; older ones are dropped in whole chunks. */
export const maxLogLines = 50_000;

/**
 * At most this number of UTF-16 code units is kept, except in the last chunk. With lines of normal length, `maxLogLines` applies
 * first.
 */
export const maxLogCharacters = 16_000_000;

export const emptyLogLines: LogLines = {chunks: [], first: 0, end: 0, charCount: 0};

/** The line with this number; `undefined` if it was dropped or does not exist. */
export const findLogLine = ({chunks, first}: LogLines, number: number): LogLine | undefined =>
  chunks[Math.floor((number - first) / linesPerChunk)]?.lines[(number - first) % linesPerChunk];

export const findLastLogLine = (lines: LogLines): LogLine | undefined => findLogLine(lines, lines.end - 1);

/** Adds lines at the end. If `isRedrawing`, the first of them replaces the last line. */
export const withLogLines = (lines: LogLines, more: readonly LogLine[], isRedrawing: boolean): LogLines => {
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
  let dropped = 0;
  while (
    dropped < lines.chunks.length - 1 &&
    (lines.end - first - linesPerChunk >= maxLogLines || charCount > maxLogCharacters)
  ) {
    charCount -= lines.chunks[dropped]?.charCount ?? 0;
    first += linesPerChunk;
    dropped += 1;
  }

  return dropped === 0 ? lines : {...lines, chunks: lines.chunks.slice(dropped), first, charCount};
};
