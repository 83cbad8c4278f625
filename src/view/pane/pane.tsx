import {Box} from 'ink';
import {createSegment, type Line, spreadLine} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {Lines} from '../lines.js';
import {AttemptTable} from './attempt-table.js';
import type {DrawnPane} from './pane-layout.js';
import {renderPaneTitle, renderTabs, statusCells} from './pane-title.js';
import {Rule} from './rule.js';
import {renderRuleLine} from './rule-line.js';

/*
 * beside the list, and in full screen:             below the list:
 *
 * │ trainer                  ◒ running 8m 31s      ── trainer ◒ running 8m 31s ───── Overview ──
 * │ Overview                                       started  21:08:33 · 8m 31s ago
 * │                                                attempt  2 of 3
 * │ started  21:08:33 · 8m 31s ago                 …
 * │ attempt  2 of 3
 * │ …                                ▾ 12 more                                         ▾ 12 more
 */

type Props = {readonly state: State; readonly openRun: OpenRun; readonly pane: DrawnPane; readonly theme: Theme};

/** The open tab of the selected row. */
export const DetailsPane = ({state, openRun, pane, theme}: Props) => {
  const {place, width, height, chrome, content, top, visible, cursor} = pane;
  const margin = place === 'beside' ? '' : ' ';
  const outer = width + margin.length;
  const lines = content.lines.slice(top, top + visible);
  const tableLines = visible - lines.length;
  const selected = cursor === undefined ? undefined : chrome + (content.marks[cursor]?.line ?? 0) - top;
  const indentLines = (unindented: readonly Line[]) =>
    margin === '' ? unindented : unindented.map(line => [createSegment(margin), ...line]);
  const titles =
    place === 'below'
      ? [renderRuleLine(state, openRun, outer, theme)]
      : indentLines(renderTitleLines(state, openRun, pane, theme));
  return (
    <Box height={height} flexShrink={0}>
      {place === 'beside' ? <Rule height={height} theme={theme} /> : undefined}
      <Box flexDirection="column" height={height} flexShrink={0}>
        <Lines
          lines={[...titles, ...indentLines(lines)].map((line, index) =>
            index === selected ? withCursor(line, theme) : line,
          )}
          theme={theme}
          width={outer}
          height={chrome + lines.length}
          selected={selected}
        />
        {content.attempts.length === 0 || tableLines === 0 ? undefined : (
          <Box height={tableLines} width={outer} overflow="hidden" flexShrink={0}>
            <Box
              flexDirection="column"
              height={content.height - content.lines.length}
              marginTop={Math.min(0, content.lines.length - top)}
              marginLeft={margin.length}
              flexShrink={0}
            >
              <AttemptTable rows={content.attempts} theme={theme} />
            </Box>
          </Box>
        )}
        <Lines
          lines={indentLines(renderMoreHint(pane, theme))}
          theme={theme}
          width={outer}
          height={height - chrome - visible}
        />
      </Box>
    </Box>
  );
};

/** The cursor is in the left margin, which only a full-screen pane has. */
const withCursor = ([, ...line]: Line, theme: Theme): Line => [createSegment(theme.glyph.cursor, 'accent'), ...line];

const renderTitleLines = (
  state: State,
  openRun: OpenRun,
  {width, chrome}: DrawnPane,
  theme: Theme,
): readonly Line[] => {
  const {name, status} = renderPaneTitle(state, openRun, theme, Math.max(8, width - statusCells));
  return [spreadLine(name, status, width), renderTabs(openRun.pane.tab, width), []].slice(0, chrome);
};

/** How many more lines there are, unless all are visible. */
const renderMoreHint = ({content, top, visible, width}: DrawnPane, theme: Theme): readonly Line[] => {
  const below = content.height - top - visible;
  if (content.height <= visible) {
    return [];
  }

  const words = below > 0 ? `${theme.glyph.more} ${formatCount(below)} more` : 'end';
  return [spreadLine([], [createSegment(words, 'dim')], width)];
};
