import {splitEvery} from './cells.js';
import {countLineCells, getLineText, type Line, renderDim, type Segment} from './line.js';
import {middleDot} from './marks.js';

/** Joins adjacent segments of the same tone. */
const mergeSegments = (segments: readonly Segment[]): Line => {
  const line: Segment[] = [];
  for (const segment of segments) {
    const last = line.at(-1);
    if (last?.tone === segment.tone) {
      line[line.length - 1] = {text: last.text + segment.text, tone: last.tone};
    } else {
      line.push(segment);
    }
  }

  return line;
};

/** Words and the spaces between them. A word may have several tones; one longer than `max` cells is split. */
const splitWords = (line: Line, max: number): readonly (readonly Segment[])[] => {
  const words: Segment[][] = [];
  let canGrow = false;
  for (const {text, tone} of line) {
    for (const part of text.split(/( +)/)) {
      if (part === '') {
        continue;
      }

      const last = canGrow && !part.startsWith(' ') ? words.at(-1) : undefined;
      if (last === undefined) {
        words.push([{text: part, tone}]);
      } else {
        last.push({text: part, tone});
      }

      canGrow = !part.startsWith(' ');
    }
  }

  return words.flatMap(word => (countLineCells(word) <= max ? [word] : splitWord(word, max)));
};

/** Pieces of at most `max` cells, each as long as possible. */
const splitWord = (word: readonly Segment[], max: number): readonly (readonly Segment[])[] => {
  const pieces: Segment[][] = [];
  let piece: Segment[] = [];
  for (const {text, tone} of word) {
    const free = max - countLineCells(piece);
    const [start = '', ...others] = free > 0 ? splitEvery(text, free) : ['', text];
    const rest = others.join('');
    piece.push(...(start === '' ? [] : [{text: start, tone}]));
    for (const part of splitEvery(rest, max)) {
      pieces.push(piece);
      piece = [{text: part, tone}];
    }
  }

  return [...pieces, piece];
};

/**
 * Wraps a line at `max` cells, between words if possible. The first line keeps its indentation; the others are indented by
 * `hang` cells.
 */
export const wrapLine = (line: Line, max: number, hang = 0): readonly Line[] => {
  const limit = Math.max(1, max);
  if (countLineCells(line) <= limit) {
    return [line];
  }

  const start: Line = hang === 0 ? [] : [{text: ' '.repeat(hang), tone: 'plain'}];
  const lines: Line[] = [];
  let current: Line = [];
  let width = 0;
  let isEmpty = true;
  for (const word of splitWords(line, Math.max(1, limit - hang))) {
    const wordWidth = countLineCells(word);
    if (width + wordWidth > limit && !isEmpty) {
      lines.push(finishLine(current));
      current = start;
      width = hang;
      isEmpty = true;
    }

    if (word.every(isSpace) && isEmpty && lines.length > 0) {
      continue;
    }

    current = [...current, ...word];
    width += wordWidth;
    isEmpty = false;
  }

  return isEmpty ? lines : [...lines, finishLine(current)];
};

/** Lines break only at U+0020; other white space, such as the ideographic space, is part of the text. */
const isSpace = ({text}: Segment): boolean => /^ +$/.test(text);

const finishLine = (segments: readonly Segment[]): Line => {
  const last = segments.at(-1);
  return mergeSegments(last !== undefined && isSpace(last) ? segments.slice(0, -1) : segments);
};

/** A text in lines of at most `max` cells, which break between words if possible. */
export const wrapText = (text: string, max: number): readonly string[] =>
  wrapLine([{text, tone: 'plain'}], max).map(getLineText);

const separator = renderDim(` ${middleDot} `);

/** Facts separated by dots, as many on a line as fit. */
export const flowFacts = (facts: readonly Line[], max: number): readonly Line[] => {
  const lines: Line[] = [];
  let current: Line = [];
  for (const fact of facts.filter(each => each.length > 0)) {
    const candidate = current.length === 0 ? fact : [...current, separator, ...fact];
    if (current.length === 0 || countLineCells(candidate) <= max) {
      current = candidate;
    } else {
      lines.push(...wrapLine(current, max));
      current = fact;
    }
  }

  return current.length === 0 ? lines : [...lines, ...wrapLine(current, max)];
};
