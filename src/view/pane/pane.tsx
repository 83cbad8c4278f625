import {Box} from 'ink';
import type {State, Watch} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {firstThatFits, type Pieces, piece, spread, widthOf} from '../pieces.js';
import {ScreenLine} from '../screen-line.js';
import type {DrawnPane} from './pane-of.js';
import {subjectPieces, subjectStatus, tabPieces} from './pane-title.js';

/*
 * beside the list, and over the whole screen:      below the list:
 *
 * trainer                    ◒ running 8m 31s      ── trainer ───────────────────── Overview ──
 * Overview                                         started   21:08:33 · 8m 31s ago
 *                                                  attempt   2 of 3
 * started   21:08:33 · 8m 31s ago                  …
 * attempt   2 of 3
 * …                          ▾ 12 more lines
 */

type Props = {readonly state: State; readonly watch: Watch; readonly pane: DrawnPane; readonly theme: Theme};

/** What is known of the selected row, under the open tab. */
export const Pane = ({state, watch, pane, theme}: Props) => {
  const isBeside = pane.layout.form === 'beside' && pane.layout.list !== undefined;
  const isBelow = pane.layout.form === 'stacked' && pane.layout.list !== undefined;
  const lead: Pieces = isBeside ? [piece(`${theme.glyph.rule} `, 'dim')] : isBelow ? [] : [piece(' ')];
  const chrome = isBelow ? [ruleLine(state, watch, pane, theme)] : chromeLines(state, watch, pane, theme);
  const rest = [...pane.content.slice(pane.top, pane.top + pane.visible), ...hintLines(pane, theme)];
  const shown: readonly Pieces[] = [...chrome, ...(isBelow ? rest.map(line => [piece(' '), ...line]) : rest)];
  const width = widthOf(lead) + pane.width;
  return (
    <Box flexDirection="column" height={pane.height} flexShrink={0}>
      {Array.from({length: isBeside ? pane.height : Math.min(pane.height, shown.length)}, (_, place) => (
        <ScreenLine
          key={place}
          text={paint([...lead, ...(shown[place] ?? [])], {theme, width: isBelow ? width + 1 : width})}
        />
      ))}
    </Box>
  );
};

const chromeLines = (state: State, watch: Watch, pane: DrawnPane, theme: Theme): readonly Pieces[] => {
  const title = spread(subjectPieces(state, watch), subjectStatus(state, watch, theme), pane.width);
  return [title, tabPieces(watch.pane.tab), []].slice(0, pane.chrome);
};

/** The title as a rule that divides pane and list, with the tabs at its right end. */
const ruleLine = (state: State, watch: Watch, pane: DrawnPane, theme: Theme): Pieces => {
  const {line} = theme.glyph;
  const width = pane.width + 1;
  const subject = [piece(` ${line}${line} `, 'dim'), ...subjectPieces(state, watch), piece(' ')];
  const status = [...subjectStatus(state, watch, theme), piece(' ')];
  const tabs = [piece(' '), ...tabPieces(watch.pane.tab), piece(` ${line}${line}`, 'dim')];
  const left = firstThatFits([[...subject, ...status], subject], width - widthOf(tabs) - 2);
  const room = width - widthOf(left) - widthOf(tabs);
  return room < 0 ? left : [...left, piece(line.repeat(room), 'dim'), ...tabs];
};

/** How much more there is, when not all of it is seen. */
const hintLines = ({content, top, visible, width}: DrawnPane, theme: Theme): readonly Pieces[] => {
  const below = content.length - top - visible;
  if (content.length <= visible) {
    return [];
  }

  const words = below > 0 ? `${theme.glyph.more} ${below} more` : 'end';
  return [spread([], [piece(words, 'dim')], width)];
};
