import {getLineText, type Line} from '../../format/line.js';
import {convertToAscii} from '../../format/marks.js';
import {resetSequence} from '../../theme/look.js';
import type {Theme} from '../../theme/theme.js';

/** Formats lines for a terminal with the colors of the theme, in ASCII if the theme says so. */
export const formatColoredLines = (lines: readonly Line[], theme: Theme): string[] =>
  lines.map(line =>
    line
      .map(({text, tone}) => {
        const shownText = theme.isAscii ? replaceGlyphs(text) : text;
        const sequence = theme.sequences[tone];
        return sequence === '' || shownText === '' ? shownText : sequence + shownText + resetSequence;
      })
      .join(''),
  );

/** Formats lines without escape sequences. */
export const formatPlainLines = (lines: readonly Line[], isAscii: boolean): string[] =>
  lines.map(getLineText).map(text => (isAscii ? replaceGlyphs(text) : text).trimEnd());

const replaceGlyphs = (text: string): string => convertToAscii(text.replaceAll('→', '->'));
