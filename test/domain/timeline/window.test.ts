import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {countRunning} from '../../../src/domain/timeline/parallelism.js';
import {createTimeScale} from '../../../src/domain/timeline/scale.js';
import {computeTicks} from '../../../src/domain/timeline/ticks.js';
import {
  fitGrowingWindow,
  fitWindow,
  followNow,
  panWindow,
  type TimeWindow,
  zoomWindow,
} from '../../../src/domain/timeline/window.js';

const second = 1000;
const minute = 60 * second;

const toHalfCells = (at: number, window: TimeWindow, cells: number): number =>
  createTimeScale(window, cells).toHalfCells(at);

describe('the window', () => {
  test('shows the whole run with a little space after it', () => {
    assert.deepEqual(fitWindow(0, 100 * second), {from: 0, to: 101 * second});
  });

  test('shows at least a second of a run that took no time', () => {
    assert.deepEqual(fitWindow(5, 5), {from: 5, to: 1005});
  });

  test('of a live run keeps its scale while the run grows a little, and never cuts it off', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 10_000_000}), ms => {
        const {to} = fitGrowingWindow(0, ms);
        const exact = fitWindow(0, ms);
        assert.ok(to >= exact.to && to <= exact.to * (1 + 1 / 31));
      }),
    );
    const ends = Array.from({length: 60}, (_, index) => fitGrowingWindow(0, (3600 + index) * second).to);
    assert.ok(new Set(ends).size <= 2);
  });

  test('zooms around an instant, which keeps its place', () => {
    const fit = fitWindow(0, 1000 * second);
    const near = zoomWindow(fit, {factor: 2, center: 400 * second, cells: 50, fit});
    assert.equal(Math.round(toHalfCells(400 * second, near, 50)), Math.round(toHalfCells(400 * second, fit, 50)));
    assert.equal(near.to - near.from, (fit.to - fit.from) / 2);
  });

  test('is never wider than the run', () => {
    const fit = fitWindow(0, 1000 * second);
    assert.deepEqual(zoomWindow(fit, {factor: 0.5, center: 0, cells: 50, fit}), fit);
  });

  test('follows now at three quarters of its width', () => {
    const fit = fitWindow(0, 1000 * second);
    const near = zoomWindow(fit, {factor: 10, center: 0, cells: 50, fit});
    const moved = followNow(near, 600 * second, fit);
    assert.equal(Math.round(toHalfCells(600 * second, moved, 100)), 150);
  });

  test('stays within the run however it is zoomed and panned', () => {
    const anyMove = fc.oneof(
      fc.record({factor: fc.constantFrom(2, 0.5), center: fc.integer({min: -100, max: 2_000_000})}),
      fc.record({share: fc.constantFrom(-0.25, 0.25)}),
    );
    fc.assert(
      fc.property(fc.array(anyMove, {maxLength: 20}), moves => {
        const fit = fitWindow(1000, 1_000_000);
        let window = fit;
        for (const move of moves) {
          window = 'share' in move ? panWindow(window, move.share, fit) : zoomWindow(window, {...move, cells: 40, fit});
          assert.ok(window.from >= fit.from - 1e-6 && window.to <= fit.to + 1e-6 && window.to > window.from);
        }
      }),
    );
  });
});

describe('the labels of the axis', () => {
  test.each([
    [fitWindow(0, 60 * second), 60, 15 * second],
    [fitWindow(0, 10 * minute), 60, 2 * minute],
    [fitWindow(0, 10 * 86_400 * second), 60, 2 * 86_400 * second],
    [fitWindow(0, 3 * 365 * 86_400 * second), 60, 27 * 7 * 86_400 * second],
  ])('are at round intervals, with at least ten cells between them', (window, cells, expected) => {
    const ticks = computeTicks(createTimeScale(window, cells), 0);
    const gap = ticks[1]! - ticks[0]!;
    assert.equal(gap, expected);
    assert.ok(toHalfCells(gap, {from: 0, to: window.to - window.from}, cells) >= 20);
  });
});

test('counts how many attempts are running in each cell, and none after now', () => {
  const attempts = [
    {startedAt: 0, endedAt: 50},
    {startedAt: 20, endedAt: 90},
  ];
  assert.deepEqual(countRunning(attempts, createTimeScale({from: 0, to: 100}, 10), 70), [1, 1, 2, 2, 2, 1, 1, 0, 0, 0]);
});
