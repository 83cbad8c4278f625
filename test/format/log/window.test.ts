import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {createLogView} from '../../../src/domain/log/view.js';
import {getLineText} from '../../../src/format/line.js';
import {type RowShape, renderLogLine} from '../../../src/format/log/line-rows.js';
import {type LogWindowInput, layOutLogWindow} from '../../../src/format/log/window.js';
import {aLogEntry} from '../../support/builders.js';
import {buildEntries, buildManyEntries, createTail, getLines} from '../../support/logs.js';

const shape: RowShape = {
  width: 12,
  isWrapped: true,
  left: 0,
  hasTimes: false,
  getUtcOffset: () => 0,
  pattern: undefined,
  currentMatch: undefined,
};

const createInput = (messages: readonly string[]): LogWindowInput => {
  const {lines} = createTail(buildEntries(...messages));
  return {lines, view: createLogView(lines, {minLevel: undefined, pattern: undefined}), shape};
};

const anInputOfLines = (count: number) => createInput(Array.from({length: count}, (_, index) => `line ${index}`));
const getTexts = (window: ReturnType<typeof layOutLogWindow>) => window.rows.map(row => getLineText(row).trim());

describe('a window on a log', () => {
  test('starts at the end', () => {
    const window = layOutLogWindow(anInputOfLines(10), undefined, 3);
    assert.deepEqual(getTexts(window), ['line 7', 'line 8', 'line 9']);
    assert.deepEqual([window.first, window.last, window.isAtStart, window.isAtEnd], [7, 9, false, true]);
  });

  test('moves up by rows, and follows again when the end is visible', () => {
    const input = anInputOfLines(10);
    const up = layOutLogWindow(input, undefined, 3).moveBy(-2);
    assert.deepEqual(getTexts(layOutLogWindow(input, up, 3)), ['line 5', 'line 6', 'line 7']);
    assert.equal(layOutLogWindow(input, up, 3).moveBy(1)?.number, 6);
    assert.equal(layOutLogWindow(input, up, 3).moveBy(2), undefined);
    assert.equal(layOutLogWindow(input, up, 3).moveBy(99), undefined);
  });

  test('stops at the beginning', () => {
    const input = anInputOfLines(10);
    const start = layOutLogWindow(input, undefined, 3).moveBy(-99);
    const window = layOutLogWindow(input, start, 3);
    assert.deepEqual(getTexts(window), ['line 0', 'line 1', 'line 2']);
    assert.ok(window.isAtStart && !window.isAtEnd);
    assert.deepEqual(layOutLogWindow(input, undefined, 3).moveBy(-Infinity), start);
  });

  test('shows a whole log that fits', () => {
    const window = layOutLogWindow(anInputOfLines(2), undefined, 5);
    assert.deepEqual(getTexts(window), ['line 0', 'line 1']);
    assert.ok(window.isAtStart && window.isAtEnd);
    assert.equal(window.moveBy(-1), undefined);
  });

  test('has no rows for an empty log', () => {
    const window = layOutLogWindow(createInput([]), undefined, 5);
    assert.deepEqual([window.rows, window.first, window.last], [[], undefined, undefined]);
  });

  test('can start in the middle of a wrapped line', () => {
    const input = createInput(['a', '0123456789ABCDEFGHIJabcdefghij', 'b', 'c']);
    const window = layOutLogWindow(input, {number: 1, row: 1, lead: 0}, 3);
    assert.deepEqual(getTexts(window), ['ABCDEFGHIJ', 'abcdefghij', 'b']);
    assert.deepEqual(getTexts(layOutLogWindow(input, window.moveBy(-1), 3))[0], '0123456789');
  });

  test('shows the context before a match', () => {
    const input = anInputOfLines(100);
    assert.deepEqual(getTexts(layOutLogWindow(input, {number: 50, row: 0, lead: 2}, 4))[2], 'line 50');
  });

  test('moves to the next line if the line at its position is filtered out', () => {
    const {lines} = createTail(
      [20, 40, 20, 40, 40].map((level, index) => aLogEntry({id: `${index}`, message: `${index}`, level})),
    );
    const input: LogWindowInput = {lines, view: createLogView(lines, {minLevel: 40, pattern: undefined}), shape};
    assert.deepEqual(getTexts(layOutLogWindow(input, {number: 2, row: 0, lead: 0}, 2)), ['E 3', 'E 4']);
  });

  test('keeps its position when lines are added, and moves when lines are dropped', () => {
    const before = anInputOfLines(10);
    const position = layOutLogWindow(before, undefined, 3).moveBy(-3);
    assert.deepEqual(
      getTexts(layOutLogWindow(anInputOfLines(50), position, 3)),
      getTexts(layOutLogWindow(before, position, 3)),
    );
    const {lines} = createTail(buildManyEntries(51_000));
    const window = layOutLogWindow(
      {lines, view: createLogView(lines, {minLevel: undefined, pattern: undefined}), shape},
      position,
      3,
    );
    assert.equal(window.first, lines.first);
  });
});

test('shows the same rows as laying out the whole log, after any sequence of moves', () => {
  const message = fc.oneof(fc.stringMatching(/^[a-z]{0,40}$/), fc.string({unit: 'grapheme', maxLength: 30}));
  fc.assert(
    fc.property(
      fc.array(message, {minLength: 1, maxLength: 30}),
      fc.integer({min: 1, max: 8}),
      fc.array(fc.integer({min: -12, max: 12}), {maxLength: 8}),
      (messages, height, moves) => {
        const tail = createTail(buildEntries(...messages));
        const input: LogWindowInput = {
          lines: tail.lines,
          view: createLogView(tail.lines, {minLevel: undefined, pattern: undefined}),
          shape,
        };
        const allRows = getLines(tail).flatMap((line, number) => renderLogLine(line, number, shape).map(getLineText));
        const lastTop = Math.max(0, allRows.length - height);
        let top = lastTop;
        let window = layOutLogWindow(input, undefined, height);
        for (const by of moves) {
          top = Math.min(lastTop, Math.max(0, top + by));
          window = layOutLogWindow(input, window.moveBy(by), height);
          assert.deepEqual(window.rows.map(getLineText), allRows.slice(top, top + height));
          assert.equal(window.isAtEnd, top === lastTop);
          assert.equal(window.isAtStart, top === 0);
        }
      },
    ),
    {numRuns: 300},
  );
});
