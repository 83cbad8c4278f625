import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {buildGraph, type Graph} from '../../../src/domain/graph/graph.js';
import {layOutRails, type RailLayout} from '../../../src/domain/graph/rails.js';
import {countGutterCells, type GutterStyle, renderGutter} from '../../../src/format/graph/gutter.js';
import {createSegment, getLineText} from '../../../src/format/line.js';
import {anAcyclicGraph} from '../../domain/graph/graphs.js';

const style: GutterStyle = {isAscii: false, getRailTone: () => 'plain', isDotted: () => false};

const layOut = (graph: Graph, maxLanes: number): RailLayout =>
  layOutRails(graph.upstreamByRow.slice(0, graph.connectedCount), maxLanes);

const drawRows = (layout: RailLayout, isAscii = false): readonly string[] =>
  layout.laneByRow.map((_, row) => getLineText(renderGutter(layout, row, createSegment('o'), {...style, isAscii})));

/** Draws steps given as `name < upstream upstream`, one per line. */
const draw = (text: string, {isAscii = false} = {}): readonly string[] => {
  const steps = text
    .trim()
    .split('\n')
    .map(line => line.trim().split(/[ <]+/));
  const names = steps.map(([name]) => name);
  const graph = buildGraph(
    steps.map(([, ...upstream]) => upstream.map(name => names.indexOf(name))),
    'branches',
  );
  return drawRows(layOut(graph, 24), isAscii).map((row, index) => `${row} ${names[graph.nodes[index] ?? 0]}`.trimEnd());
};

const ups = '│╯╰┴├┤┼';
const downs = '│╮╭┬├┤┼';
const lefts = '─╯┴╮┬┤┼';
const rights = '─╰┴╭┬├┼';

/**
 * Whether the step of this row depends on the rail that this mark is part of. To the right of a step, only a rail that ends in
 * this row leads to the step; to the left, also one that continues downwards.
 */
const isTaken = (mark: string, isLeft: boolean): boolean =>
  isLeft
    ? ups.includes(mark) && rights.includes(mark)
    : ups.includes(mark) && !downs.includes(mark) && lefts.includes(mark);

/** The edges that a picture shows, found by following its lines from each step up to its sources. */
const readEdges = (picture: readonly string[]): ReadonlySet<string> => {
  const getCell = (row: number, column: number): string => picture[row]?.[column] ?? ' ';
  const edges = new Set<string>();
  /** Adds the edges from all steps that feed the rail in this column, from `row` upwards. */
  const climb = (row: number, column: number, consumer: number): void => {
    for (let index = row; index >= 0; index -= 1) {
      const mark = getCell(index, column);
      if (mark === 'o') {
        edges.add(`${index}>${consumer}`);
        return;
      }

      // To the right of a step, a rail that continues downwards is fed by it.
      if (downs.includes(mark) && lefts.includes(mark)) {
        edges.add(`${index}>${consumer}`);
      }

      if (!ups.includes(mark)) {
        return;
      }
    }
  };

  picture.forEach((line, row) => {
    const step = line.indexOf('o');
    const arms = [...line].flatMap((mark, column) => (isTaken(mark, column < step) ? [column] : []));
    for (const column of arms) {
      climb(row - 1, column, row);
    }

    // A step with an arm depends on the rail to which the arm leads, whatever is straight above the step.
    const above = getCell(row - 1, step);
    if (arms.length === 0 && (above === 'o' || downs.includes(above))) {
      climb(row - 1, step, row);
    }
  });
  return edges;
};

const listEdges = ({rails}: RailLayout, isShown: (rail: number) => boolean): ReadonlySet<string> =>
  new Set(
    rails.flatMap(({producers, consumers}, rail) =>
      isShown(rail) ? producers.flatMap(from => consumers.map(to => `${from}>${to}`)) : [],
    ),
  );

describe('the gutter of the graph', () => {
  test('every edge is drawn or belongs to a rail without a lane, and no other edge can be read', () => {
    fc.assert(
      fc.property(anAcyclicGraph, fc.integer({min: 3, max: 24}), (upstream, maxLanes) => {
        for (const arrangement of ['branches', 'given'] as const) {
          const graph = buildGraph(upstream, arrangement);
          const layout = layOut(graph, maxLanes);
          const drawn = listEdges(layout, rail => layout.laneByRail[rail] !== undefined);
          assert.deepEqual([...readEdges(drawRows(layout))].sort(), [...drawn].sort());
          assert.equal(listEdges(layout, () => true).size, graph.upstreamByRow.flat().length);
        }
      }),
      {numRuns: 300},
    );
  });

  test('a step straight below another one depends on it, unless an arm leads to a rail', () => {
    fc.assert(
      fc.property(anAcyclicGraph, fc.integer({min: 3, max: 24}), (upstream, maxLanes) => {
        const {upstreamByRow, connectedCount} = buildGraph(upstream, 'branches');
        const layout = layOutRails(upstreamByRow.slice(0, connectedCount), maxLanes);
        for (let row = 1; row < connectedCount; row += 1) {
          const rail = layout.inRailByRow[row];
          const hasArm =
            rail !== undefined &&
            layout.laneByRail[rail] !== undefined &&
            layout.laneByRail[rail] !== layout.laneByRow[row];
          if (layout.laneByRow[row] === layout.laneByRow[row - 1] && !hasArm) {
            assert.ok(upstreamByRow[row]?.includes(row - 1));
          }
        }
      }),
    );
  });

  test('never uses more lanes than are available', () => {
    fc.assert(
      fc.property(anAcyclicGraph, fc.integer({min: 3, max: 24}), (upstream, maxLanes) => {
        const layout = layOut(buildGraph(upstream, 'branches'), maxLanes);
        assert.ok(countGutterCells(layout) <= 2 * maxLanes - 1);
      }),
    );
  });

  const diamond = `
    ingest
    reference
    validate < ingest
    features_a < validate
    features_b < validate
    features_c < validate reference
    join < features_a features_b features_c
    train_small < join
    train_large < join
    train_base < join
    evaluate < train_small train_large train_base
    report < evaluate
    deploy < evaluate
    notify < report deploy`;

  test('draws a diamond with four lanes', () => {
    assert.deepEqual(draw(diamond), [
      'o       ingest',
      'o─╮     validate',
      '├─│─o─╮ features_a',
      '╰─│─o─┤ features_b',
      'o─┤   │ reference',
      'o─┴───┤ features_c',
      'o─────╯ join',
      '├─o─╮   train_small',
      '├─o─┤   train_large',
      '╰─o─┤   train_base',
      'o───╯   evaluate',
      '├─o─╮   report',
      '╰─o─┤   deploy',
      'o───╯   notify',
    ]);
  });

  test('draws the same in ASCII, where the start and the end of a rail look different', () => {
    assert.deepEqual(draw(diamond, {isAscii: true}).slice(1, 8), [
      'o-,     validate',
      '|-|-o-, features_a',
      "'-|-o-| features_b",
      'o-|   | reference',
      "o-'---| features_c",
      "o-----' join",
      '|-o-,   train_small',
    ]);
  });

  test('draws a chain as one lane', () => {
    assert.deepEqual(draw('a\nb < a\nc < b'), ['o a', 'o b', 'o c']);
  });

  test('draws mapped steps with three lanes, whatever their number', () => {
    const items = Array.from({length: 500}, (_, item) => `m${item} < plan`);
    const names = items.map(item => item.split(' ')[0]).join(' ');
    const rows = draw(`plan\n${items.join('\n')}\nreduce < ${names}`);
    assert.deepEqual(rows.slice(0, 3), ['o     plan', '├─o─╮ m0', '├─o─┤ m1']);
    assert.deepEqual(rows.slice(-2), ['╰─o─┤ m499', 'o───╯ reduce']);
  });

  test('draws long branches one after another', () => {
    assert.deepEqual(draw('load\na1 < load\nb1 < load\na2 < a1\nb2 < b1\na3 < a2\nb3 < b2\nmerge < a3 b3'), [
      'o     load',
      '├─o   a1',
      '│ o   a2',
      '│ o─╮ a3',
      '╰─o │ b1',
      '  o │ b2',
      '  o─┤ b3',
      'o───╯ merge',
    ]);
  });
});
