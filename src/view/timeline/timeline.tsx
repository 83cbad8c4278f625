import {Box} from 'ink';
import {countAtWork} from '../../domain/timeline/parallelism.js';
import {padStart} from '../../format/cells.js';
import {createSegment, type Line} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import {renderAtOnce, renderAxis} from '../../format/timeline/axis.js';
import {getTimelineGlyphs} from '../../format/timeline/glyphs.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedPlace, getRows} from '../../store/selectors.js';
import {type TimelineColumns, timelineLeadCells} from '../../store/timeline/timeline-columns.js';
import {getTimelineFacts, getTimeWindow, type TimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Layout} from '../../store/ui/layout.js';
import {getVisibleRange} from '../../store/ui/visible-range.js';
import type {Theme} from '../../theme/theme.js';
import {Lines} from '../lines.js';
import {paint} from '../paint.js';
import {ScreenLine} from '../screen-line.js';
import {renderTimelinePanel} from './timeline-panel.js';
import {renderTimelineRow, type TimelineView} from './timeline-row.js';

/*
 *                  0s          2m          4m     now    6m
 *      at once      11111111222222211111111111111
 *    ✓ ingest      ⋅╺━━━━╸                        ╎           1m
 *  › ◒ train               ╺━━━━━━✗⋅━━━━━━━━━━━━━▸╌╌╌╌   1m 45s
 *    ⋅ deploy                                     ╎    ╌╌    ~50s
 *  ────────────────────────────────────────────────────────────
 *  critical path  ingest › train
 */

type Props = {
  readonly openRun: OpenRun;
  /** By the server's clock. */
  readonly now: number;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
  readonly layout: Layout;
  readonly columns: TimelineColumns;
  readonly width: number;
};

/** The rows of the list on a time axis. Renders only the visible ones. */
export const Timeline = ({openRun, now, theme, utcOffset, layout, columns, width}: Props) => {
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
  const {top, count} = getVisibleRange(findSelectedPlace(openRun), openRun.list.top, rows.length, height);
  const axis = renderTimelineAxis(view, openRun.timeline.hasClockTimes ? utcOffset : undefined);
  const panel = renderTimelinePanel(openRun, facts, theme, {width: width - 2, height: panelLines});
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Lines lines={axis} theme={theme} width={width} height={axisLines} />
      <Box flexDirection="column" height={height} flexShrink={0}>
        {rows.slice(top, top + count).map(row => (
          <ScreenLine key={row.key} text={paintTimelineRow(row, view, row.key === openRun.list.selected, width)} />
        ))}
      </Box>
      <Lines lines={panel.map(line => [createSegment(' '), ...line])} theme={theme} width={width} height={panelLines} />
    </Box>
  );
};

const paintTimelineRow = (row: Row, view: TimelineView, isSelected: boolean, width: number): string =>
  paint(renderTimelineRow(row, view, isSelected), {theme: view.theme, width, isSelected});

/** What rows are drawn with, for the part of the run that is on the screen. */
const createTimelineView = (
  openRun: OpenRun,
  facts: TimelineFacts,
  columns: TimelineColumns,
  theme: Theme,
): TimelineView => ({
  openRun,
  facts,
  columns,
  theme,
  chart: {
    window: getTimeWindow(openRun, facts),
    cells: columns.chart,
    now: facts.times.isOver ? undefined : facts.times.until,
    glyphs: getTimelineGlyphs(theme.isAscii),
    statusGlyph: theme.statusGlyph,
  },
});

const atOnceWords = 'at once';

/** The axis and, below it, how many steps are at work at once. */
const renderTimelineAxis = (
  {facts, chart, columns}: TimelineView,
  utcOffset: UtcOffset | undefined,
): readonly Line[] => {
  const {window, cells, now} = chart;
  const attempts = facts.spans.flatMap(span => span.attempts);
  const counts = countAtWork(attempts, window, cells, facts.times.until);
  const lead = ' '.repeat(timelineLeadCells);
  return [
    [
      createSegment(`${lead}${' '.repeat(columns.name + 1)}`),
      ...renderAxis({window, cells, startedAt: facts.times.startedAt, now, utcOffset}),
    ],
    [
      createSegment(
        `${lead}${padStart(atOnceWords, Math.min(columns.name, atOnceWords.length)).padEnd(columns.name + 1)}`,
        'dim',
      ),
      ...renderAtOnce(counts),
    ],
  ];
};
