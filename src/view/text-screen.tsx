import {countLineCells, createSegment, joinLines, type Line, spreadLine} from '../format/line.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, getTextChromeHeight, withMargin} from './frame.js';
import {formatLinePosition} from './line-position.js';
import {Lines} from './lines.js';

/*
 * zentop  keys                                                    1–24 of 40
 *
 * Step list                              Details (full screen)
 * j down    select next step             j down    go to next entry
 * …                                      …
 * j/k scroll  esc back
 */

type Props = {
  readonly state: State;
  readonly top: number;
  readonly title: string;
  readonly content: readonly Line[];
  readonly theme: Theme;
  readonly getUtcOffset: UtcOffset;
};

/** Text in full screen: help or a value, which can be scrolled, a confirmation, or the form for an answer. */
export const TextScreen = ({state, top, title, content, theme, getUtcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const frame = createFrame(state, getUtcOffset);
  const from = Math.min(top, Math.max(0, content.length - frame.textHeight));
  const visible = content.slice(from, from + frame.textHeight);
  const padding: readonly Line[] = Array.from({length: Math.max(0, frame.textHeight - visible.length)}, () => []);
  const chrome = getTextChromeHeight(rows);
  const position = renderPosition(from, content.length, frame.textHeight);
  const positionCells = position.length === 0 ? 0 : countLineCells(position) + 2;
  const name = sanitizeToWidth(title, Math.max(1, width - programCells - positionCells));
  const heading = joinLines([[createSegment('zentop', 'brand')], [createSegment(name, 'strong')]], '  ');
  const titles = [spreadLine(heading, position, width), []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [renderFooter(state, frame, width)] : [];
  const lines = [...titles, ...visible, ...padding, ...footer];
  return <Lines lines={lines.map(withMargin)} theme={theme} width={getLineWidth(columns)} height={rows} />;
};

/** The name of the program and the gap after it. */
const programCells = 8;

const renderPosition = (from: number, count: number, height: number): Line =>
  count > height ? [createSegment(formatLinePosition(from, Math.min(height, count - from), count), 'dim')] : [];
