import type {World} from '../../connection/world.js';
import {blankLine, renderDim} from '../../format/line.js';
import {measureSanitizedText} from '../../format/sanitize-to-width.js';
import {renderCriticalPath} from '../../report/critical-path.js';
import {renderRunHeadline} from '../../report/summary.js';
import {getRows, measureLongest} from '../../store/selectors.js';
import {layOutTimelineColumns} from '../../store/timeline/timeline-columns.js';
import {getTimelineFacts} from '../../store/timeline/timeline-facts.js';
import {renderTimelineRow} from '../../view/timeline/timeline-row.js';
import {createTimelineView, renderTimelineAxis} from '../../view/timeline/timeline-view.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {type PictureRequest, printPicture, type RenderPicture} from './print-picture.js';

/** Prints a run on a time axis, as text. Returns the exit code: 0, or that of the problem. */
export const printTimeline = (world: World, request: PictureRequest, loaded: LoadedSettings): Promise<number> =>
  printPicture(world, request, loaded, renderTimeline);

const renderTimeline: RenderPicture = (known, openRun, theme, width) => {
  const facts = getTimelineFacts(openRun, known.now);
  if (facts === undefined) {
    return [renderRunHeadline(known), [renderDim('The run has not started yet.')]];
  }

  const {rows} = getRows(openRun);
  const columns = layOutTimelineColumns(width, measureLongest(openRun, measureSanitizedText));
  const view = createTimelineView(openRun, facts, columns, theme);
  return [
    renderRunHeadline(known),
    blankLine,
    ...renderTimelineAxis(view, undefined),
    ...rows.filter(({kind}) => kind !== 'this-run').map(row => renderTimelineRow(row, view, false)),
    blankLine,
    ...renderCriticalPath(known),
  ];
};
