import {cutEnd} from './cells.js';
import {cleanText, takeUnits} from './clean-text.js';
import {ellipsis, lineBreakSign} from './marks.js';

/** Longest text that is looked at, in UTF-16 units, before anything is measured. */
const maxLineLength = 4000;
const maxTextLength = 200_000;

const printableAscii = /^[\x20-\x7e]*$/;

/** Everything that ends a line somewhere: terminals, browsers and editors disagree. */
const lineBreaks = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;
const everyLineBreak = new RegExp(lineBreaks, 'g');
const lastLineBreaks = /[\n\r\v\f\x85\u2028\u2029]+$/;

/**
 * Text from outside as one line that is safe to print: no control character, escape sequence, bidi override or invisible
 * character; line breaks inside it become `⏎`. Cut to `maxCells` with an ellipsis where that is given, else at 4,000
 * characters.
 */
export const sanitizeText = (text: string, {maxCells}: {readonly maxCells?: number} = {}): string => {
  // Many characters may share a cell, but no honest text has a dozen in each.
  const limit = maxCells === undefined ? maxLineLength : Math.min(maxLineLength, 64 + 12 * Math.max(0, maxCells));
  const line = printableAscii.test(takeUnits(text, limit + 1)) ? text : sanitizeLine(takeUnits(text, 2 * limit));
  const short = line.length > limit ? takeUnits(line, limit) + ellipsis : line;
  return maxCells === undefined ? short : cutEnd(short, maxCells);
};

const sanitizeLine = (text: string): string =>
  cleanText(text).replace(lastLineBreaks, '').replace(everyLineBreak, lineBreakSign).replaceAll('\t', '  ');

const tabStop = 4;

/** Tabs up to the next stop, counted by characters: it is the indentation of code that matters. */
const expandTabs = (line: string): string => {
  if (!line.includes('\t')) {
    return line;
  }

  let expanded = '';
  for (const piece of line.split(/(\t)/)) {
    expanded += piece === '\t' ? ' '.repeat(tabStop - (expanded.length % tabStop)) : piece;
  }

  return expanded;
};

/** Text from outside as lines that are safe to print, none at all for blank text. Looks at the first 200,000 characters. */
export const sanitizeLines = (text: string): readonly string[] => {
  const clean = cleanText(takeUnits(text, maxTextLength)).trimEnd();
  return clean === '' ? [] : clean.split(lineBreaks).map(expandTabs);
};
