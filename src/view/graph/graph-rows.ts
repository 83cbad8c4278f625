import {getChildRunTitle} from '../../domain/dag.js';
import {layOutRails, type RailLayout} from '../../domain/graph/rails.js';
import type {Instant} from '../../domain/instant.js';
import {memoizeLast} from '../../domain/memoize.js';
import {findStepAt} from '../../domain/step-table.js';
import {countGutterCells, type GutterStyle, renderGutter, renderPassingRails} from '../../format/graph/gutter.js';
import {createSegment, type Line, type Tone} from '../../format/line.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import {findLitRows, type LitRows} from '../../store/graph/lit-rows.js';
import type {RowGraph} from '../../store/graph/row-graph.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getListedGraph} from '../../store/selectors.js';
import {getTimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';
import type {StepColumns} from '../list/columns.js';
import type {RowFacts} from '../list/row-text.js';

/** What turns the rows of the list into those of the graph. */
export type GraphRows = {
  /** The columns of the list, with the gutter in front of the name. */
  readonly columns: StepColumns;
  readonly withGutter: (row: Row, facts: RowFacts) => RowFacts;
};

type GraphContext = {
  /** Cells of the screen. */
  readonly graphColumns: number;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
};

/** Lanes leave a name at least this many cells, as long as that allows `minLanes`. */
const minNameCells = 14;
const minNarrowNameCells = 10;
const narrowColumns = 60;
const minLanes = 3;
/** A lane, and the gap after it. */
const laneCells = 2;

/** The most lanes drawn on screens narrower than this. */
const laneLimits: readonly (readonly [columns: number, lanes: number])[] = [
  [60, 8],
  [100, 14],
];
const defaultMaxLanes = 24;

const getLaneLimit = (graphColumns: number, nameCells: number): number => {
  const [, limit] = laneLimits.find(([columns]) => graphColumns < columns) ?? [0, defaultMaxLanes];
  const leastNameCells = graphColumns < narrowColumns ? minNarrowNameCells : minNameCells;
  return Math.max(minLanes, Math.min(limit, Math.floor((nameCells - leastNameCells) / laneCells)));
};

/** Lays out the rails, and returns what turns rows of the list into rows of the graph. */
export const createGraphRows = (openRun: OpenRun, columns: StepColumns, context: GraphContext): GraphRows => {
  const {now, theme, graphColumns} = context;
  const rowGraph = getListedGraph(openRun);
  const layout = layOutRowGraph(rowGraph, getLaneLimit(graphColumns, columns.name));
  const gutterCells = countGutterCells(layout);
  const lighting = createLighting(openRun, rowGraph, layout, now);
  const style: GutterStyle = {
    isAscii: theme.isAscii,
    getRailTone: lighting.getRailTone,
    isDotted: rail => rowGraph.isJoined(layout.rails[rail]?.consumers[0] ?? -1),
  };
  const {graph, graphRowByKey} = rowGraph;
  const withExpectedTime = createExpectedTimes(openRun, now);
  return {
    columns: {...columns, name: Math.max(1, columns.name - gutterCells + 1)},
    withGutter: (row, plain) => {
      const facts = withExpectedTime(row, plain);
      const glyph = createSegment(facts.glyph, facts.tone);
      const index = graphRowByKey.get(row.key);
      if (index === undefined || index >= graph.connectedCount) {
        const isOpenGroup = row.kind === 'group' && row.isOpen;
        const rails = isOpenGroup ? renderPassingRails(layout, findFirstMember(openRun, row, rowGraph), style) : [];
        const blank = createSegment(' '.repeat(gutterCells - 1));
        const isMuted = !lighting.isLit(index);
        return isOpenGroup
          ? {...facts, gutter: [...rails, createSegment(' '), glyph], extraGutterCells: 2, isMuted}
          : {
              ...facts,
              gutter: [glyph, blank],
              remarks: index === undefined ? facts.remarks : renderNoEdges(openRun),
              isMuted,
            };
      }

      const hidden = countHiddenRails(layout, index);
      return {
        ...facts,
        gutter: renderGutter(layout, index, glyph, style),
        remarks: hidden === 0 ? facts.remarks : [[createSegment(` +${hidden}`, 'dim')]],
        isMuted: !lighting.isLit(index),
        // In many color schemes, muted text hardly differs from plain text.
        isHighlighted: openRun.graph.isPathLit && lighting.isLit(index),
      };
    },
  };
};

/** Puts the time that a step is expected to take into the row of a step that has not started. */
const createExpectedTimes = (openRun: OpenRun, now: Instant): ((row: Row, facts: RowFacts) => RowFacts) => {
  // Without past runs, steps that have not started have no forecasts, and looking for them at each tick would cost more than the
  // graph.
  const hasForecasts = openRun.overAt === undefined && openRun.history.pastRuns.length > 0;
  const forecastsByName = hasForecasts ? getTimelineFacts(openRun, now)?.forecastsByName : undefined;
  return (row, facts) => {
    const step = row.kind === 'step' && facts.time === '' ? findStepAt(openRun.table, row.index) : undefined;
    const forecast = forecastsByName?.get(step?.name ?? '');
    return forecast === undefined
      ? facts
      : {...facts, time: `~${formatRoughDuration(forecast.endAt - forecast.startAt)}`};
  };
};

/** After the name of a step that neither follows nor feeds another one; in a dynamic run, its edges may not be known yet. */
const renderNoEdges = ({run}: OpenRun): readonly Line[] => [
  [createSegment(run?.isDynamic === false ? '  no edges' : '  no edges known', 'dim')],
  [],
];

const layOutRowGraph = memoizeLast(
  ({graph, isJoined}: RowGraph, maxLanes: number): RailLayout =>
    layOutRails(graph.upstreamByRow.slice(0, graph.connectedCount), maxLanes, isJoined),
);

/** How many of the rails that a step belongs to have no lane. */
const countHiddenRails = ({inRailByRow, outRailsByRow, laneByRail}: RailLayout, row: number): number => {
  const inRail = inRailByRow[row];
  const rails = [...(inRail === undefined ? [] : [inRail]), ...(outRailsByRow[row] ?? [])];
  return rails.filter(rail => laneByRail[rail] === undefined).length;
};

const findFirstMember = (
  {table}: OpenRun,
  {groupId}: Extract<Row, {readonly kind: 'group'}>,
  {graphRowByKey}: RowGraph,
): number => {
  const indexes = table.structure.groupsById.get(groupId)?.indexes ?? [];
  return indexes.reduce(
    (first, index) => Math.min(first, graphRowByKey.get(`step:${findStepAt(table, index)?.name ?? ''}`) ?? first),
    Infinity,
  );
};

type Lighting = {readonly getRailTone: (rail: number) => Tone; readonly isLit: (row: number | undefined) => boolean};

/**
 * If the critical path is highlighted, its rails are bold and everything else is dim. Otherwise rails of the selected row are bold,
 * and what is neither upstream nor downstream of it is dim.
 */
const createLighting = (openRun: OpenRun, rowGraph: RowGraph, {rails}: RailLayout, now: Instant): Lighting => {
  if (openRun.graph.isPathLit) {
    const onPath = findPathRows(openRun, rowGraph, now);
    const isOnPath = (row: number): boolean => onPath.has(row);
    return {
      getRailTone: rail =>
        rails[rail]?.producers.some(isOnPath) === true && rails[rail]?.consumers.some(isOnPath) === true
          ? 'strong'
          : 'dim',
      isLit: row => row !== undefined && isOnPath(row),
    };
  }

  const selected = rowGraph.graphRowByKey.get(openRun.list.selectedKey ?? '');
  const lit = findLitRows(rowGraph, openRun.list.selectedKey);
  if (lit === undefined || selected === undefined) {
    return {getRailTone: () => 'plain', isLit: () => true};
  }

  // A rail may have thousands of producers, and every row that it passes needs its tone.
  const toneByRail = new Map<number, Tone>();
  return {
    getRailTone: id => {
      const tone = toneByRail.get(id) ?? computeTone(rails[id], selected, lit);
      toneByRail.set(id, tone);
      return tone;
    },
    isLit: row => row !== undefined && (lit.upstream.has(row) || lit.downstream.has(row)),
  };
};

const computeTone = (rail: RailLayout['rails'][number] | undefined, selected: number, lit: LitRows): Tone => {
  const {producers = [], consumers = []} = rail ?? {};
  if (producers.includes(selected) || consumers.includes(selected)) {
    return 'strong';
  }

  return consumers.some(row => lit.upstream.has(row)) || producers.some(row => lit.downstream.has(row))
    ? 'plain'
    : 'dim';
};

const findPathRows = (openRun: OpenRun, rowGraph: RowGraph, now: Instant): ReadonlySet<number> => {
  const {graphRowByKey, rows} = rowGraph;
  const steps = getTimelineFacts(openRun, now)?.pathSteps ?? new Set<string>();
  const groups = [...openRun.table.structure.groupsById.values()].filter(({name}) => steps.has(name));
  const keys = [...[...steps].map(name => `step:${name}`), ...groups.map(({id}) => `group:${id}`)];
  const questionAndRunKeys = rows.rows.flatMap(row => {
    const name =
      row.kind === 'question' ? row.question.name : row.kind === 'run' ? getChildRunTitle(row.child) : undefined;
    return name !== undefined && steps.has(name) ? [row.key] : [];
  });
  return new Set([...keys, ...questionAndRunKeys].flatMap(key => graphRowByKey.get(key) ?? []));
};
