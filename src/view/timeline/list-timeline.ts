import type {Instant} from '../../domain/instant.js';
import {createTimeScale, findFoldablePauses} from '../../domain/timeline/scale.js';
import {createSegment, type Line} from '../../format/line.js';
import {getTimelineGlyphs} from '../../format/timeline/glyphs.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getLiveUntil, getPauses, getTimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';
import {renderRowChart} from './row-chart.js';

type Surroundings = {
  /** By the server's clock. */
  readonly now: Instant;
  /** Of the timeline column. */
  readonly cells: number;
  readonly theme: Theme;
};

/**
 * Renders the bar of a row for the timeline column of the list, which always shows the whole run. `undefined` if the list has no
 * such column.
 */
export const createListTimeline = (
  openRun: OpenRun,
  {now, cells, theme}: Surroundings,
): ((row: Row) => Line) | undefined => {
  if (cells === 0) {
    return undefined;
  }

  const facts = getTimelineFacts(openRun, now);
  if (facts === undefined) {
    const blank = [createSegment(' '.repeat(cells))];
    return () => blank;
  }

  const {fit} = facts;
  const {pauses, isAutomatic} = findFoldablePauses(getPauses(facts), fit, getLiveUntil(facts));
  const chart = {
    scale: createTimeScale(fit, cells, isAutomatic ? pauses : []),
    now: getLiveUntil(facts),
    glyphs: getTimelineGlyphs(theme.isAscii),
    statusGlyph: theme.statusGlyph,
  };
  return row => renderRowChart(row, {openRun, facts, chart});
};
