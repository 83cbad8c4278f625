import {countRunning} from '../../domain/timeline/parallelism.js';
import {createSegment, type Line} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import {renderAxis, renderParallelism} from '../../format/timeline/axis.js';
import type {ChartContext} from '../../format/timeline/bar-cells.js';
import {getTimelineGlyphs} from '../../format/timeline/glyphs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {type TimelineColumns, timelineLeadCells} from '../../store/timeline/timeline-columns.js';
import {findLiveUntil, getAttempts, getTimeScale, type TimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';

/** What is needed to draw the rows of a timeline. */
export type TimelineView = {
  readonly openRun: OpenRun;
  readonly facts: TimelineFacts;
  readonly chart: ChartContext;
  readonly columns: TimelineColumns;
  readonly theme: Theme;
};

/** Creates the view for the stretch of time that is on the screen. */
export const createTimelineView = (
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
    scale: getTimeScale(openRun, facts, columns.chart),
    now: findLiveUntil(facts),
    glyphs: getTimelineGlyphs(theme.isAscii),
    pickStatusGlyph: theme.pickStatusGlyph,
  },
});

const parallelLabel = 'parallel';

/**
 * The axis and, below it, how many steps run at the same time. The axis shows local times if there is a `getUtcOffset`, else times
 * since the start of the run.
 */
export const renderTimelineAxis = (
  {facts, chart, columns}: TimelineView,
  getUtcOffset: UtcOffset | undefined,
): readonly Line[] => {
  const {scale, now, glyphs} = chart;
  const counts = countRunning(getAttempts(facts), scale, facts.times.until);
  const lead = ' '.repeat(timelineLeadCells);
  return [
    [
      createSegment(`${lead}${' '.repeat(columns.name + 1)}`),
      ...renderAxis({scale, foldGlyph: glyphs.fold, startedAt: facts.times.startedAt, now, getUtcOffset}),
    ],
    [
      createSegment(`${lead}${parallelLabel.slice(0, columns.name).padEnd(columns.name + 1)}`, 'dim'),
      ...renderParallelism(counts),
    ],
  ];
};
