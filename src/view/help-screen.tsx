import {createSegment, joinLines, type Line, spreadLine} from '../format/line.js';
import type {UtcOffset} from '../format/time.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getHelpChromeHeight, getInnerWidth, getLineWidth} from './frame.js';
import {renderHelp} from './help-lines.js';
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
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

/** All keys, from the same table that dispatches them. */
export const HelpScreen = ({state, top, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const frame = createFrame(state, utcOffset);
  const from = Math.min(top, Math.max(0, frame.helpLineCount - frame.helpHeight));
  const content = renderHelp(width, state).slice(from, from + frame.helpHeight);
  const padding: readonly Line[] = Array.from({length: Math.max(0, frame.helpHeight - content.length)}, () => []);
  const chrome = getHelpChromeHeight(rows);
  const title = [renderTitle(from, frame.helpLineCount, frame.helpHeight, width), []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [renderFooter(state, frame, width)] : [];
  const lines = [...title, ...content, ...padding, ...footer];
  return (
    <Lines
      lines={lines.map(line => [createSegment(' '), ...line])}
      theme={theme}
      width={getLineWidth(columns)}
      height={rows}
    />
  );
};

const renderTitle = (from: number, count: number, height: number, width: number): Line => {
  const position =
    count > height ? [createSegment(`${from + 1}–${Math.min(count, from + height)} of ${count}`, 'dim')] : [];
  return spreadLine(
    joinLines([[createSegment('zentop', 'brand')], [createSegment('keys', 'strong')]], '  '),
    position,
    width,
  );
};
