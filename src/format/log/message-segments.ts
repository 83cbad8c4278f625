import {colourSequence} from '../../domain/log/pattern.js';
import {cells} from '../cells.js';
import {firstUnits} from '../clean-text.js';
import {dim, type Segment} from '../line.js';
import {ellipsis} from '../marks.js';
import {formatCount} from '../number.js';
import {restyled, type TextStyle} from '../text-style.js';
import {withVisibleControls} from './visible-controls.js';

/** UTF-16 units of a line that are shown; the whole of it can be saved. */
export const longestShown = 20_000;

const printableAscii = /^[\x20-\x7e]*$/;
const tabStop = 8;

/**
 * A line of a log as it can be shown: coloured as it says, everything else that a terminal would obey as visible text. No
 * more than its first `maxUnits` UTF-16 units are looked at.
 */
export const messageSegments = (text: string, maxUnits: number = longestShown): readonly Segment[] => {
  const shown = firstUnits(text, Math.min(maxUnits, longestShown));
  const more = text.length - shown.length;
  const rest = more > 0 ? [dim(`${ellipsis} ${formatCount(more)} characters more`)] : [];
  return printableAscii.test(shown) ? [{text: shown, tone: 'plain'}, ...rest] : [...styledSegments(shown), ...rest];
};

const styledSegments = (text: string): readonly Segment[] => {
  const segments: Segment[] = [];
  let style: TextStyle | undefined;
  let column = 0;
  // What stands between colour sequences, and their parameters, in turn.
  for (const [place, part] of text.split(colourSequence).entries()) {
    if (place % 2 === 1) {
      style = restyled(style, part);
    } else if (part !== '') {
      const safe = withoutTabs(withVisibleControls(part), column);
      column += cells(safe);
      segments.push(style === undefined ? {text: safe, tone: 'plain'} : {text: safe, tone: 'plain', style});
    }
  }

  return segments;
};

/** Tabs as spaces up to the next stop, counted by cells from `column` on. */
const withoutTabs = (text: string, column: number): string => {
  if (!text.includes('\t')) {
    return text;
  }

  let expanded = '';
  for (const part of text.split(/(\t)/)) {
    expanded += part === '\t' ? ' '.repeat(tabStop - ((column + cells(expanded)) % tabStop)) : part;
  }

  return expanded;
};
