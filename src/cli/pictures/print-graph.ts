import type {World} from '../../connection/world.js';
import {formatCycle} from '../../format/graph/cycle-words.js';
import {blankLine, createSegment, type Line} from '../../format/line.js';
import {renderRunHeadline} from '../../report/summary.js';
import {getListedGraph} from '../../store/selectors.js';
import {createGraphRows} from '../../view/graph/graph-rows.js';
import {layOutStepColumns} from '../../view/list/columns.js';
import {buildRowFacts} from '../../view/list/row-facts.js';
import {renderStepRow} from '../../view/list/row-text.js';
import type {LoadedSettings} from '../options/load-settings.js';
import {type PictureRequest, printPicture, type RenderPicture} from './print-picture.js';

/** Prints the graph of a run as text. Returns the exit code: 0, or that of the problem. */
export const printGraph = (world: World, request: PictureRequest, loaded: LoadedSettings): Promise<number> =>
  printPicture(world, request, loaded, renderGraph);

const renderGraph: RenderPicture = (known, openRun, theme, width) => {
  const {now} = known;
  const columns = layOutStepColumns(width, false);
  const graph = createGraphRows(openRun, columns, {graphColumns: width, now, theme});
  const {rows: listed, cyclicEdgeCount} = getListedGraph(openRun);
  const rows = listed.rows.filter(({kind}) => kind !== 'this-run');
  return [
    renderRunHeadline(known),
    blankLine,
    ...rows.flatMap((row): readonly Line[] => {
      const facts = buildRowFacts(row, openRun, now, theme);
      return facts === undefined ? [] : [renderStepRow(graph.withGutter(row, facts), graph.columns, ' ', false)];
    }),
    ...(cyclicEdgeCount === 0 ? [] : [[createSegment(formatCycle(cyclicEdgeCount), 'warning')]]),
    ...(rows.length === 0 ? [[createSegment('This run has no steps yet.', 'dim')]] : []),
  ];
};
