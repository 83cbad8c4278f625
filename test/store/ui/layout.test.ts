import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {selectLayout, selectTimelineColumns} from '../../../src/store/selectors.js';
import {type Layout, layOutRunScreen} from '../../../src/store/ui/layout.js';
import {aDag, aDagStep, aQuestion, aRun, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const anyScreen = fc.record({
  size: fc.record({columns: fc.integer({min: 1, max: 300}), rows: fc.integer({min: 1, max: 120})}),
  rowCount: fc.integer({min: 0, max: 6000}),
  isPaneOpen: fc.boolean(),
  hasFailed: fc.boolean(),
  hasTimelineColumn: fc.boolean(),
});

const countLines = ({form, headerLines, hasFooter, hasColumnTitles, list, pane}: Layout): number => {
  const listLines = (list?.height ?? 0) + (hasColumnTitles ? 1 : 0);
  const paneLines = pane?.height ?? 0;
  const body = form === 'beside' && list !== undefined ? Math.max(listLines, paneLines) : listLines + paneLines;
  return headerLines + body + (hasFooter ? 1 : 0);
};

describe('the screen layout', () => {
  test('fills the screen to the last line and never exceeds its edges', () => {
    fc.assert(
      fc.property(anyScreen, screen => {
        const layout = layOutRunScreen(screen);
        assert.equal(countLines(layout), screen.size.rows);
        for (const part of [layout.list, layout.pane]) {
          assert.ok(part === undefined || (part.height >= 0 && part.width >= 0 && part.width <= screen.size.columns));
        }
        if (layout.form === 'beside' && layout.list && layout.pane) {
          assert.equal(layout.list.width + 2 + layout.pane.width, screen.size.columns);
        }
      }),
    );
  });

  test('shows the list wherever the pane does not cover it, and the pane whenever it is open', () => {
    fc.assert(
      fc.property(anyScreen, screen => {
        const {list, pane} = layOutRunScreen(screen);
        assert.equal(list === undefined, screen.isPaneOpen);
        assert.ok(!screen.isPaneOpen || pane !== undefined);
      }),
    );
  });

  test.each([
    [120, 30, false, 'beside', true],
    [80, 24, false, 'stacked', true],
    [45, 20, false, 'alone', false],
    [45, 20, true, 'alone', true],
    [20, 5, true, 'short', false],
    [120, 11, false, 'short', false],
  ])('%ix%i, failed %s: %s, with a pane: %s', (columns, rows, hasFailed, form, hasPane) => {
    const layout = layOutRunScreen({size: {columns, rows}, rowCount: 14, isPaneOpen: false, hasFailed});
    assert.equal(layout.form, form);
    assert.equal(layout.pane !== undefined, hasPane);
  });
});

test('the list beside the pane is wide enough for the longest name, up to half of the screen and at most 64 cells', () => {
  const getListWidth = (columns: number, nameCells: number) =>
    layOutRunScreen({size: {columns, rows: 30}, rowCount: 14, isPaneOpen: false, hasFailed: false, nameCells}).list
      ?.width;
  assert.deepEqual([getListWidth(110, 8), getListWidth(110, 17), getListWidth(110, 90)], [48, 53, 55]);
  assert.deepEqual([getListWidth(120, 8), getListWidth(120, 20), getListWidth(200, 90)], [53, 56, 64]);
});

describe('the room for names', () => {
  const measure = (name: string) => {
    const state = aWatchingState({dag: aDag({steps: [aDagStep({name})]}), size: {columns: 110, rows: 30}});
    return [selectLayout(state).list?.width, selectTimelineColumns(state).name];
  };

  test('is measured in terminal cells', () => {
    assert.deepEqual(measure('训练模型训练模型训练'), measure('x'.repeat(20)));
    assert.deepEqual(measure('🚀'.repeat(9)), measure('x'.repeat(18)));
    assert.deepEqual(measure('e\u0301'.repeat(17)), measure('x'.repeat(17)));
  });

  test('is that of the names as they are shown, without control characters', () => {
    assert.deepEqual(measure(`${'\u001b[31m'.repeat(4)}${'x'.repeat(15)}`), measure('x'.repeat(15)));
  });

  test('is measured in terminal cells for questions, too', () => {
    const measureQuestion = (name: string) => {
      const run = aRun({isDynamic: true});
      const state = reduceAll(
        aWatchingState({run, dag: aDag({steps: [aDagStep({name: 'a'})]}), size: {columns: 110, rows: 30}}),
        createArrival(
          `questions:${run.id}`,
          {kind: 'questions', runId: run.id, questions: [aQuestion({name})]},
          at(600),
        ),
      );
      return [selectLayout(state).list?.width, selectTimelineColumns(state).name];
    };
    assert.deepEqual(measureQuestion('质量可以吗质量可以吗'), measureQuestion('x'.repeat(20)));
  });
});

describe('the timeline column of the list', () => {
  const layOut = (columns: number, hasTimelineColumn: boolean, nameCells = 0) =>
    layOutRunScreen({
      size: {columns, rows: 30},
      rowCount: 14,
      isPaneOpen: false,
      hasFailed: false,
      hasTimelineColumn,
      nameCells,
    });

  test('is shown at 140 or more columns unless the user turned it off, and grows with the terminal up to 40 cells', () => {
    assert.deepEqual(
      [139, 140, 150, 160, 300].map(columns => layOut(columns, true).timelineCells),
      [0, 20, 30, 40, 40],
    );
    assert.deepEqual(
      [140, 200, 300].map(columns => layOut(columns, false).timelineCells),
      [0, 0, 0],
    );
  });

  test('takes its cells from the pane, never from the names, and leaves the pane at least 50 cells', () => {
    for (const nameCells of [0, 8, 24, 28, 90]) {
      for (let columns = 140; columns <= 300; columns++) {
        const {list, pane, timelineCells} = layOut(columns, true, nameCells);
        const otherCells = list!.width - timelineCells - 2;
        assert.equal(otherCells, layOut(columns, false, nameCells).list!.width, `${columns} columns`);
        assert.ok(pane!.width >= 50, `${pane!.width} cells for the pane at ${columns} columns`);
      }
    }
  });
});

test('at 45x20 with few steps, the lines left free by the list show details', () => {
  const size = {columns: 45, rows: 20};
  const {list, pane} = layOutRunScreen({size, rowCount: 4, isPaneOpen: false, hasFailed: false});
  assert.equal(list?.height, 4);
  assert.equal(pane?.height, 11);
  assert.equal(layOutRunScreen({size, rowCount: 12, isPaneOpen: false, hasFailed: false}).pane, undefined);
});
