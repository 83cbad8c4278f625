import type {Line} from '../format/line.js';
import {lineText} from '../format/line-cells.js';
import {asciiText} from '../format/marks.js';
import {plainAgain} from '../theme/look.js';
import type {Theme} from '../theme/theme.js';

/** Lines as text for a terminal: looking as the theme has it, and in ASCII where it says so. */
export const colouredLines = (lines: readonly Line[], theme: Theme): string[] =>
  lines.map(line =>
    line
      .map(({text, tone}) => {
        const shown = theme.isAscii ? withoutGlyphs(text) : text;
        const sequence = theme.sequences[tone];
        return sequence === '' || shown === '' ? shown : sequence + shown + plainAgain;
      })
      .join(''),
  );

/** Lines as text alone, without a single escape sequence. */
export const uncolouredLines = (lines: readonly Line[], isAscii: boolean): string[] =>
  lines.map(lineText).map(text => (isAscii ? withoutGlyphs(text) : text).trimEnd());

const withoutGlyphs = (text: string): string => asciiText(text.replaceAll('→', '->'));
