import {cleanText, takeUnits} from './clean-text.js';
import {ellipsis, lineBreakSign} from './marks.js';

/** Longer texts are cut before anything else is done with them. In UTF-16 units. */
const maxLineLength = 4000;
const maxTextLength = 200_000;

const printableAscii = /^[\x20-\x7e]*$/;

/** All line breaks known to terminals, browsers or editors. */
const lineBreaks = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;
const everyLineBreak = new RegExp(lineBreaks, 'g');
const lastLineBreaks = /[\n\r\v\f\x85\u2028\u2029]+$/;

/**
 * An untrusted text as one line that is safe to print, without control characters, escape sequences, bidi overrides or
 * invisible characters. Line breaks become `⏎`. Cut with an ellipsis after 4,000 characters.
 */
export const sanitizeText = (text: string): string => {
  const isPlain = printableAscii.test(takeUnits(text, maxLineLength + 1));
  const line = isPlain ? text : sanitizeLine(takeUnits(text, 2 * maxLineLength));
  const isCut = line.length > maxLineLength || (!isPlain && text.length > 2 * maxLineLength);
  return isCut ? takeUnits(line, maxLineLength) + ellipsis : line;
};

const sanitizeLine = (text: string): string =>
  cleanText(text).replace(lastLineBreaks, '').replace(everyLineBreak, lineBreakSign).replaceAll('\t', '  ');

const tabStop = 4;

/** Tab stops are counted in characters, as only the indentation of code matters here. */
const expandTabs = (line: string): string => {
  if (!line.includes('\t')) {
    return line;
  }

  let expanded = '';
  for (const part of line.split(/(\t)/)) {
    expanded += part === '\t' ? ' '.repeat(tabStop - (expanded.length % tabStop)) : part;
  }

  return expanded;
};

/** An untrusted text as lines that are safe to print; none for a blank text. Ends after 200,000 characters. */
export const sanitizeLines = (text: string): readonly string[] => {
  const clean = cleanText(takeUnits(text, maxTextLength)).trimEnd();
  return clean === '' ? [] : clean.split(lineBreaks).map(expandTabs);
};
