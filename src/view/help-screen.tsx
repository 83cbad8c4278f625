import type {UtcOffset} from '../format/time.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {footerLine} from './footer-line.js';
import {frameOf, helpChrome, innerWidth, lineWidth} from './frame-of.js';
import {helpLines} from './help-lines.js';
import {Lines} from './lines.js';
import {joined, type Pieces, piece, spread} from './pieces.js';

/*
 * zentop  keys                                                    1–24 of 40
 *
 * In the list                            In the details over the whole screen
 * j down    next step                    j down    scroll down
 * …                                      …
 * j/k scroll  esc back
 */

type Props = {
  readonly state: State;
  readonly top: number;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

/** All keys, from the table they are dispatched by. */
export const HelpScreen = ({state, top, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = innerWidth(columns);
  const frame = frameOf(state, utcOffset);
  const from = Math.min(top, Math.max(0, frame.helpLineCount - frame.helpHeight));
  const content = helpLines(width, state).slice(from, from + frame.helpHeight);
  const padding: readonly Pieces[] = Array.from({length: Math.max(0, frame.helpHeight - content.length)}, () => []);
  const chrome = helpChrome(rows);
  const title = [titleLine(from, frame.helpLineCount, frame.helpHeight, width), []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [footerLine(state, frame, width)] : [];
  const lines = [...title, ...content, ...padding, ...footer];
  return (
    <Lines lines={lines.map(line => [piece(' '), ...line])} theme={theme} width={lineWidth(columns)} height={rows} />
  );
};

const titleLine = (from: number, count: number, height: number, width: number): Pieces => {
  const position = count > height ? [piece(`${from + 1}–${Math.min(count, from + height)} of ${count}`, 'dim')] : [];
  return spread(joined([[piece('zentop', 'brand')], [piece('keys', 'strong')]], '  '), position, width);
};
