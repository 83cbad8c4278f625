import {blankLine, cutLine, type Line, renderDim} from '../../format/line.js';
import {formatPathLabel, renderPath} from '../../format/timeline/path-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';
import {renderSelected} from './selected-lines.js';

/** Below the timeline: the critical path, and what the selected row did and waited for. At most `height` lines. */
export const renderTimelinePanel = (
  openRun: OpenRun,
  facts: TimelineFacts,
  theme: Theme,
  {width, height}: {readonly width: number; readonly height: number},
): readonly Line[] => {
  if (height <= 0) {
    return [];
  }

  const step = renderSelected(openRun, facts);
  const lines =
    height === 1
      ? step.slice(0, 1)
      : [[renderDim(theme.glyph.line.repeat(width))], ...renderPathLines(facts, theme), ...step];
  const shown = lines.slice(0, height).map(line => cutLine(line, width));
  return [...shown, ...Array.from({length: height - shown.length}, () => blankLine)];
};

const renderPathLines = (facts: TimelineFacts, {isAscii}: Theme): readonly Line[] =>
  facts.path === undefined ? [] : [[renderDim(`${formatPathLabel(facts)}  `), ...renderPath(facts.path, isAscii)]];
