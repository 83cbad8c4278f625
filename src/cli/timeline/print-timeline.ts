import {failWithFailure} from '../../connection/explain-failure.js';
import {createOpenHttpTransport} from '../../connection/open-transport.js';
import type {World} from '../../connection/world.js';
import {countCells} from '../../format/cells.js';
import {blankLine, type Line, renderDim} from '../../format/line.js';
import {findKnownPath, renderCriticalPath} from '../../report/critical-path.js';
import type {KnownRun} from '../../report/known-run.js';
import {renderRunHeadline} from '../../report/summary.js';
import {createOpenRun, type OpenRun} from '../../store/run/open-run.js';
import {getRows} from '../../store/selectors.js';
import {layOutTimelineColumns} from '../../store/timeline/timeline-columns.js';
import {getTimelineFacts} from '../../store/timeline/timeline-facts.js';
import {renderTimelineRow} from '../../view/timeline/timeline-row.js';
import {createTimelineView, renderTimelineAxis} from '../../view/timeline/timeline-view.js';
import {fetchKnownRun} from '../opening/fetch-known-run.js';
import {openRun} from '../opening/open-run.js';
import {presentTime} from '../opening/run-time.js';
import {warnIfUnverified} from '../opening/unverified-server.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {createLineFormatter, createLineTheme} from '../printing/change-formatter.js';
import {printProblem} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import {version} from '../printing/version.js';
import type {TimelineOptions} from './timeline-options.js';

type TimelineRequest = {readonly timeline: TimelineOptions; readonly connection: ConnectionOptions};

const maxFetchMs = 600_000;
const defaultWidth = 100;

/** Prints a run on a time axis, as text. Returns the exit code: 0, or that of the problem. */
export const printTimeline = async (
  world: World,
  {timeline: options, connection: flags}: TimelineRequest,
  {settings}: LoadedSettings,
): Promise<number> => {
  const signal = AbortSignal.timeout(maxFetchMs);
  const openOptions = {
    openTransport: createOpenHttpTransport(world, version),
    time: presentTime,
    onConnection: warnIfUnverified,
  };
  const opened = await openRun(world, {run: options.run, pipeline: undefined, connection: flags}, openOptions, signal);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const known = await fetchKnownRun(opened.value, signal);
  if (!known.ok) {
    const {problem} = failWithFailure(known.failure, opened.value.connection.explainContext);
    printProblem(problem);
    return problem.exitCode;
  }

  const output = openStandardOutput();
  const looks = {
    isAscii: options.isAscii || settings.isAscii,
    hasColor: options.hasColor,
    theme: settings.theme,
  };
  const width = options.width ?? (output.isTty ? process.stdout.columns : defaultWidth);
  const lines = renderTimeline(known.value, createLineTheme(looks, output.isTty), width);
  output.write(createLineFormatter(looks, output.isTty)(lines));
  return 0;
};

const renderTimeline = (known: KnownRun, theme: ReturnType<typeof createLineTheme>, width: number): readonly Line[] => {
  const openRun = createKnownOpenRun(known);
  const facts = getTimelineFacts(openRun, known.now);
  if (facts === undefined) {
    return [renderRunHeadline(known), [renderDim('The run has not started yet.')]];
  }

  const {rows} = getRows(openRun);
  const names = openRun.table.structure.indexByName.keys();
  const nameLength = [...names].reduce((longest, name) => Math.max(longest, countCells(name)), 0);
  const view = createTimelineView(openRun, facts, layOutTimelineColumns(width, nameLength), theme);
  return [
    renderRunHeadline(known),
    blankLine,
    ...renderTimelineAxis(view, undefined),
    ...rows.filter(({kind}) => kind !== 'this-run').map(row => renderTimelineRow(row, view, false)),
    blankLine,
    ...renderCriticalPath(findKnownPath(known)),
  ];
};

/** The run as the screen would have it. */
const createKnownOpenRun = ({run, table, detailsById, isOver, now}: KnownRun): OpenRun => ({
  ...createOpenRun(run.id, now),
  run,
  table,
  detailsById,
  hasPlan: true,
  overAt: isOver ? now : undefined,
});
