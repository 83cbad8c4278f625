import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import type {Json} from '../../src/domain/json.js';
import {countCells} from '../../src/format/cells.js';
import {formatJsonLine, formatJsonLines} from '../../src/format/json-text.js';

test.each<[Json, string]>([
  ['text', 'text'],
  [0.01, '0.01'],
  [null, 'null'],
  [[1, 'a', [true]], '[1, "a", [true]]'],
  [{lr: 0.01, layers: {a: [1, 2]}}, '{lr: 0.01, layers: {a: [1, 2]}}'],
  [{}, '{}'],
  [{'\x1b[31mkey': 'a\nb'}, '{key: "a⏎b"}'],
])('formats %j on one line', (value, expected) => {
  assert.equal(formatJsonLine(value, 80), expected);
});

test('cuts a value that is too long for its line', () => {
  assert.equal(formatJsonLine({layers: [128, 256, 512]}, 16), '{layers: [128, …');
});

test('counts cells, not UTF-16 units', () => {
  const accented = 'e\u0301'.repeat(10);
  assert.equal(formatJsonLine([accented, 'end'], 30), `["${accented}", "end"]`);
  assert.equal(formatJsonLine([accented, 'end'], 16), `["${accented}", …`);
  assert.deepEqual(formatJsonLines({a: '学習率学習率', b: '学習率'}, 24), ['a: "学習率学習率"', 'b: "学習率"']);
  assert.deepEqual(formatJsonLines({all: ['学習率', '学習率', '学']}, 24), [
    'all:',
    '  - "学習率"',
    '  - "学習率"',
    '  - "学"',
  ]);
});

test.each<[Json, string]>([
  [[], '[]'],
  [{}, '{}'],
])('shows %j even if the label fills the line', (value, expected) => {
  assert.deepEqual(formatJsonLines({classes_of_the_model: value}, 22), ['classes_of_the_model:', expected]);
  assert.deepEqual(formatJsonLines({classes: value}, 22), [`{classes: ${expected}}`]);
});

test('formats only the beginning of a huge or deep value', () => {
  const deep = Array.from({length: 20_000}).reduce<Json>(inner => [inner], 1);
  const wide = Array.from({length: 1_000_000}, (_, index) => index);
  assert.ok(countCells(formatJsonLine(deep, 60)) <= 60);
  assert.equal(formatJsonLine(wide, 10), '[0, 1, 2,…');
  assert.equal(formatJsonLines(wide, 40).length, 200);
  assert.equal(formatJsonLines(wide, 40).at(-1), '…');
  assert.ok(formatJsonLines(deep, 40).length <= 200);
});

test('formats a value as indented lines if one line is too narrow', () => {
  const value = {name: 'adam', schedule: {warmup: 1000, decay: [0.1, 0.01, 0.001]}};
  assert.deepEqual(formatJsonLines(value, 52), ['name: "adam"', 'schedule: {warmup: 1000, decay: [0.1, 0.01, 0.001]}']);
  assert.deepEqual(formatJsonLines(value, 30), [
    'name: "adam"',
    'schedule:',
    '  warmup: 1000',
    '  decay: [0.1, 0.01, 0.001]',
  ]);
});

test('never exceeds the width', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({min: 12, max: 60}), (value, max) => {
      const json = value as Json;
      assert.ok(countCells(formatJsonLine(json, max)) <= max);
      assert.ok(formatJsonLines(json, max).every(line => countCells(line) <= max));
    }),
  );
});
