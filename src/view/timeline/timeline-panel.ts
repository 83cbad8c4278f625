import {countCells} from '../../format/cells.js';
import {blankLine, cutLine, type Line, renderDim} from '../../format/line.js';
import {getTimelineGlyphs} from '../../format/timeline/glyphs.js';
import {formatPathLabel, renderPath} from '../../format/timeline/path-words.js';
import {wrapLine} from '../../format/wrap.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Session} from '../../store/session.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';
import {renderSelectedRow} from './selected-lines.js';

/** Below the timeline: the critical path, and what the selected row did and waited for. Exactly `height` lines. */
export const renderTimelinePanel = (
  openRun: OpenRun,
  facts: TimelineFacts,
  {
    theme,
    session,
    width,
    height,
  }: {
    readonly theme: Theme;
    readonly session: Session;
    readonly width: number;
    readonly height: number;
  },
): readonly Line[] => {
  if (height <= 0) {
    return [];
  }

  const selected = renderSelectedRow(openRun, facts, session);
  const contentLines =
    height === 1
      ? selected.slice(0, 1)
      : [
          ...(height < minRuledHeight ? [] : [[renderDim(theme.glyph.line.repeat(width))]]),
          ...renderPathLines(facts, theme, width),
          ...selected,
        ];
  const lines = wrapAsRoomAllows(contentLines, width, height);
  const withLegend =
    lines.length + legendLines <= height
      ? [...lines, blankLine, renderLegend(theme, openRun.questions.length > 0, width)]
      : lines;
  const shown = withLegend.slice(0, height).map(line => cutLine(line, width));
  return [...shown, ...Array.from({length: height - shown.length}, () => blankLine)];
};

/** Wraps lines that are too long, as long as there is room for that. Those that are not wrapped will be cut. */
const wrapAsRoomAllows = (lines: readonly Line[], width: number, height: number): readonly Line[] => {
  let free = height - lines.length;
  return lines.flatMap(line => {
    const wrapped = wrapLine(line, width);
    if (wrapped.length - 1 > free) {
      return [line];
    }

    free -= wrapped.length - 1;
    return wrapped;
  });
};

/** A panel with fewer lines has no rule above it. */
const minRuledHeight = 4;

/** Lines of the legend, with the blank line above it. */
const legendLines = 2;

const legendSeparator = '   ';

/** What the marks of the bars mean, as far as there is room. */
const renderLegend = ({isAscii, pickStatusGlyph}: Theme, hasQuestions: boolean, width: number): Line => {
  const {heavy, light, wait, forecast, live, question} = getTimelineGlyphs(isAscii);
  const marks = [
    [heavy.full.repeat(2), 'critical path'],
    [light.full.repeat(2), 'other work'],
    [wait.repeat(2), 'waiting'],
    [forecast.repeat(2), 'expected'],
    [live, 'running'],
    ...(hasQuestions ? [[question.repeat(2), 'question'] as const] : []),
    [pickStatusGlyph('failed'), 'failed attempt'],
    [pickStatusGlyph('cached'), 'cached'],
  ] as const;
  const entries = marks.map(([mark, word]) => `${mark} ${word}`);
  while (entries.length > 1 && countCells(entries.join(legendSeparator)) > width) {
    entries.pop();
  }

  return [renderDim(entries.join(legendSeparator))];
};

const renderPathLines = (facts: TimelineFacts, {isAscii}: Theme, width: number): readonly Line[] => {
  const label = `${formatPathLabel(facts)}  `;
  return facts.path === undefined
    ? []
    : [[renderDim(label), ...renderPath(facts.path, isAscii, width - countCells(label))]];
};
