import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {viewOf} from '../../../src/domain/log/view.js';
import {lineText} from '../../../src/format/line-cells.js';
import {lineRows} from '../../../src/format/log/line-rows.js';
import type {RowShape} from '../../../src/format/log/row-shape.js';
import {type LogSight, windowAt} from '../../../src/format/log/window.js';
import {aLogEntry} from '../../support/builders.js';
import {entriesSaying, linesIn, manyEntries, tailOf} from '../../support/logs.js';

const shape: RowShape = {
  width: 12,
  isWrapped: true,
  left: 0,
  hasTimes: false,
  utcOffset: () => 0,
  pattern: undefined,
  hit: undefined,
};

const sightOf = (messages: readonly string[], leastLevel?: number): LogSight => {
  const {lines} = tailOf(entriesSaying(...messages));
  return {lines, view: viewOf(lines, {leastLevel, pattern: undefined}), shape};
};

const numbered = (count: number) => sightOf(Array.from({length: count}, (_, place) => `line ${place}`));
const texts = (window: ReturnType<typeof windowAt>) => window.rows.map(row => lineText(row).trim());

describe('a window on a log', () => {
  test('stands at the end until it is moved', () => {
    const window = windowAt(numbered(10), undefined, 3);
    assert.deepEqual(texts(window), ['line 7', 'line 8', 'line 9']);
    assert.deepEqual([window.first, window.last, window.isAtStart, window.isAtEnd], [7, 9, false, true]);
  });

  test('goes up by rows, and is at the end again where the end is seen', () => {
    const sight = numbered(10);
    const up = windowAt(sight, undefined, 3).movedBy(-2);
    assert.deepEqual(texts(windowAt(sight, up, 3)), ['line 5', 'line 6', 'line 7']);
    assert.equal(windowAt(sight, up, 3).movedBy(1)?.number, 6);
    assert.equal(windowAt(sight, up, 3).movedBy(2), undefined);
    assert.equal(windowAt(sight, up, 3).movedBy(99), undefined);
  });

  test('stops at the beginning', () => {
    const sight = numbered(10);
    const start = windowAt(sight, undefined, 3).movedBy(-99);
    const window = windowAt(sight, start, 3);
    assert.deepEqual(texts(window), ['line 0', 'line 1', 'line 2']);
    assert.ok(window.isAtStart && !window.isAtEnd);
    assert.deepEqual(windowAt(sight, undefined, 3).movedBy(-Infinity), start);
  });

  test('holds all of a log that fits', () => {
    const window = windowAt(numbered(2), undefined, 5);
    assert.deepEqual(texts(window), ['line 0', 'line 1']);
    assert.ok(window.isAtStart && window.isAtEnd);
    assert.equal(window.movedBy(-1), undefined);
  });

  test('of a log without lines has no rows', () => {
    const window = windowAt(sightOf([]), undefined, 5);
    assert.deepEqual([window.rows, window.first, window.last], [[], undefined, undefined]);
  });

  test('stands in the middle of a line that is wrapped', () => {
    const sight = sightOf(['a', '0123456789ABCDEFGHIJabcdefghij', 'b', 'c']);
    const window = windowAt(sight, {number: 1, row: 1, lead: 0}, 3);
    assert.deepEqual(texts(window), ['ABCDEFGHIJ', 'abcdefghij', 'b']);
    assert.deepEqual(texts(windowAt(sight, window.movedBy(-1), 3))[0], '0123456789');
  });

  test('shows what led to a line that was found', () => {
    const sight = numbered(100);
    assert.deepEqual(texts(windowAt(sight, {number: 50, row: 0, lead: 2}, 4))[2], 'line 50');
  });

  test('that stands at a line which is left out stands at the next one that is not', () => {
    const {lines} = tailOf(
      [20, 40, 20, 40, 40].map((level, place) => aLogEntry({id: `${place}`, message: `${place}`, level})),
    );
    const sight: LogSight = {lines, view: viewOf(lines, {leastLevel: 40, pattern: undefined}), shape};
    assert.deepEqual(texts(windowAt(sight, {number: 2, row: 0, lead: 0}, 2)), ['E 3', 'E 4']);
  });

  test('stays where it is while lines are added, and moves on where lines are gone', () => {
    const before = numbered(10);
    const position = windowAt(before, undefined, 3).movedBy(-3);
    assert.deepEqual(texts(windowAt(numbered(50), position, 3)), texts(windowAt(before, position, 3)));
    const {lines} = tailOf(manyEntries(51_000));
    const window = windowAt(
      {lines, view: viewOf(lines, {leastLevel: undefined, pattern: undefined}), shape},
      position,
      3,
    );
    assert.equal(window.first, lines.first);
  });
});

test('any moves through any log show what laying out all of it shows', () => {
  const message = fc.oneof(fc.stringMatching(/^[a-z]{0,40}$/), fc.string({unit: 'grapheme', maxLength: 30}));
  fc.assert(
    fc.property(
      fc.array(message, {minLength: 1, maxLength: 30}),
      fc.integer({min: 1, max: 8}),
      fc.array(fc.integer({min: -12, max: 12}), {maxLength: 8}),
      (messages, height, moves) => {
        const tail = tailOf(entriesSaying(...messages));
        const sight: LogSight = {
          lines: tail.lines,
          view: viewOf(tail.lines, {leastLevel: undefined, pattern: undefined}),
          shape,
        };
        const all = linesIn(tail).flatMap((line, number) => lineRows(line, number, shape).map(lineText));
        const lastTop = Math.max(0, all.length - height);
        let top = lastTop;
        let window = windowAt(sight, undefined, height);
        for (const by of moves) {
          top = Math.min(lastTop, Math.max(0, top + by));
          window = windowAt(sight, window.movedBy(by), height);
          assert.deepEqual(window.rows.map(lineText), all.slice(top, top + height));
          assert.equal(window.isAtEnd, top === lastTop);
          assert.equal(window.isAtStart, top === 0);
        }
      },
    ),
    {numRuns: 300},
  );
});
