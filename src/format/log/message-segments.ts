import {colorSequencePattern} from '../../domain/log/pattern.js';
import {countCells} from '../cells.js';
import {takeUnits} from '../clean-text.js';
import {renderDim, type Segment} from '../line.js';
import {ellipsis} from '../marks.js';
import {formatCount} from '../number.js';
import {applyStyleCodes, type TextStyle} from '../text-style.js';
import {showControls} from './visible-controls.js';

/** Longer lines are cut on the screen, but saved in full. In UTF-16 units. */
export const maxShownUnits = 20_000;

const printableAscii = /^[\x20-\x7e]*$/;
const tabStop = 8;

/**
 * A log line with the colors of its escape sequences; other control characters are made visible. Only the first `maxUnits`
 * UTF-16 units are processed.
 */
export const renderLogMessage = (text: string, maxUnits: number = maxShownUnits): readonly Segment[] => {
  const shownText = takeUnits(text, Math.min(maxUnits, maxShownUnits));
  const hiddenCount = text.length - shownText.length;
  const note = hiddenCount > 0 ? [renderDim(`${ellipsis} ${formatCount(hiddenCount)} more characters`)] : [];
  return printableAscii.test(shownText)
    ? [{text: shownText, tone: 'plain'}, ...note]
    : [...renderStyled(shownText), ...note];
};

const renderStyled = (text: string): readonly Segment[] => {
  const segments: Segment[] = [];
  let style: TextStyle | undefined;
  let column = 0;
  // Alternates between text and the parameters of a color sequence.
  for (const [index, part] of text.split(colorSequencePattern).entries()) {
    if (index % 2 === 1) {
      style = applyStyleCodes(style, part);
    } else if (part !== '') {
      const safe = expandTabs(showControls(part), column);
      column += countCells(safe);
      segments.push(style === undefined ? {text: safe, tone: 'plain'} : {text: safe, tone: 'plain', style});
    }
  }

  return segments;
};

/** Replaces tabs with spaces up to the next tab stop; the text starts in `column`. */
const expandTabs = (text: string, column: number): string => {
  if (!text.includes('\t')) {
    return text;
  }

  let expanded = '';
  for (const part of text.split(/(\t)/)) {
    expanded += part === '\t' ? ' '.repeat(tabStop - ((column + countCells(expanded)) % tabStop)) : part;
  }

  return expanded;
};
