import {Box} from 'ink';
import type {Instant} from '../../domain/instant.js';
import {createSegment} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedIndex, getRows} from '../../store/selectors.js';
import type {Session} from '../../store/session.js';
import type {TimelineColumns} from '../../store/timeline/timeline-columns.js';
import {getTimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Layout} from '../../store/ui/layout.js';
import {getVisibleRange} from '../../store/ui/visible-range.js';
import type {Theme} from '../../theme/theme.js';
import {withMargin} from '../frame.js';
import {Lines} from '../lines.js';
import {paint} from '../paint.js';
import {ScreenLine} from '../screen-line.js';
import {renderTimelinePanel} from './timeline-panel.js';
import {renderTimelineRow} from './timeline-row.js';
import {createTimelineView, renderTimelineAxis, type TimelineView} from './timeline-view.js';

/*
 *                  0s          2m          4m     now    6m
 *      parallel     11111111222222211111111111111
 *    ✓ ingest      ⋅╺━━━━╸                        ╎           1m
 *  › ◒ train               ╺━━━━━━✗⋅━━━━━━━━━━━━━▸╌╌╌╌   1m 45s
 *    ⋅ deploy                                     ╎    ╌╌    ~50s
 *  ────────────────────────────────────────────────────────────
 *  critical path  ingest › train
 */

type Props = {
  readonly openRun: OpenRun;
  readonly session: Session;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
  readonly getUtcOffset: UtcOffset;
  readonly layout: Layout;
  readonly columns: TimelineColumns;
  readonly width: number;
};

/** The rows of the list on a time axis. Renders only the visible ones. */
export const Timeline = ({openRun, session, now, theme, getUtcOffset, layout, columns, width}: Props) => {
  const facts = getTimelineFacts(openRun, now);
  const height = layout.list?.height ?? 0;
  const {axisLines, panelLines} = layout.timeline ?? {axisLines: 0, panelLines: 0};
  if (facts === undefined) {
    const text = paint([createSegment('     the run has not started yet', 'dim')], {theme, width});
    return (
      <Box height={height + panelLines + axisLines} flexShrink={0}>
        <ScreenLine text={text} />
      </Box>
    );
  }

  const view = createTimelineView(openRun, facts, columns, theme);
  const {rows} = getRows(openRun);
  const {top, count} = getVisibleRange(findSelectedIndex(openRun), openRun.list.top, rows.length, height);
  const axis = renderTimelineAxis(view, openRun.timeline.hasClockTimes ? getUtcOffset : undefined);
  const panel = renderTimelinePanel(openRun, facts, {theme, session, width: width - 2, height: panelLines});
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Lines lines={axis} theme={theme} width={width} height={axisLines} />
      <Box flexDirection="column" height={height} flexShrink={0}>
        {rows.slice(top, top + count).map(row => (
          <ScreenLine key={row.key} text={paintTimelineRow(row, view, row.key === openRun.list.selectedKey, width)} />
        ))}
      </Box>
      <Lines lines={panel.map(withMargin)} theme={theme} width={width} height={panelLines} />
    </Box>
  );
};

const paintTimelineRow = (row: Row, view: TimelineView, isSelected: boolean, width: number): string =>
  paint(renderTimelineRow(row, view, isSelected), {theme: view.theme, width, isSelected});
