import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {layOutShares} from '../../src/view/header/progress.js';
import {layOutStepColumns, stepLeadCells} from '../../src/view/list/columns.js';

test('shares fill the whole line, and each count gets a cell if there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5000), {minLength: 1, maxLength: 6}),
      fc.integer({min: 0, max: 200}),
      (counts, width) => {
        const shares = layOutShares(counts, width);
        const total = counts.reduce((sum, count) => sum + count, 0);
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          total === 0 ? 0 : width,
        );
        const kinds = counts.filter(count => count > 0).length;
        assert.ok(
          shares.every((share, index) => (counts[index] === 0 ? share === 0 : share >= (width >= kinds ? 1 : 0))),
        );
      },
    ),
  );
});

test('a row is never wider than the list, and names keep ten cells', () => {
  for (let width = 1; width < 200; width++) {
    const {name, status, time, attempt} = layOutStepColumns(width, true);
    const takenCells = [status, time, attempt].filter(cells => cells > 0).reduce((sum, cells) => sum + cells + 2, 0);
    // One cell stays free at the end of the row.
    assert.ok(width < 8 || stepLeadCells + name + takenCells + 1 === width, `${width}`);
    assert.ok(width < 20 || name >= 10, `${width}: ${name}`);
  }
});

test('drops the status word first, then the attempts, then the time, as the list narrows', () => {
  const listColumns = (width: number): readonly string[] =>
    Object.entries(layOutStepColumns(width, true)).flatMap(([column, cells]) =>
      ['status', 'time', 'attempt'].includes(column) && cells > 0 ? [column] : [],
    );
  assert.deepEqual(
    [46, 45, 36, 35, 26, 25].map(width => listColumns(width).join(' ')),
    ['status time attempt', 'time attempt', 'time attempt', 'time', 'time', ''],
  );
});

test('the timeline column takes its cells from the names, not from the other columns', () => {
  const without = layOutStepColumns(100, true);
  const withTimeline = layOutStepColumns(100, true, undefined, 20);
  assert.deepEqual(withTimeline, {...without, name: without.name - 22, timeline: 20});
});
