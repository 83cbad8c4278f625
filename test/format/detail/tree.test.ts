import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Json} from '../../../src/domain/json.js';
import {renderTree, type TreeOptions} from '../../../src/format/detail/tree.js';
import {filterTree} from '../../../src/format/detail/tree-filter.js';
import {countLineCells, getLineText} from '../../../src/format/line.js';

const nothingToggled: TreeOptions = {width: 60, indent: 0, path: 'tree', isToggled: () => false, openLevels: 1};

const renderTexts = (value: Json, changes: Partial<TreeOptions> = {}): readonly string[] =>
  renderTree(value, {...nothingToggled, ...changes}).map(({line}) => getLineText(line).trimEnd());

const createIsToggled =
  (...sections: readonly string[]) =>
  (section: string): boolean =>
    sections.includes(section);

const config: Json = {
  lr: 0.02,
  name: 'adam',
  isFast: true,
  nothing: null,
  empty: {},
  shape: [120, 17],
  optimizer: {kind: 'adam', betas: {one: 0.9, two: 0.999}},
};

test('opens the outer level and summarizes deeper ones', () => {
  assert.deepEqual(renderTexts(config), [
    '  lr         0.02',
    '  name       adam',
    '  isFast     true',
    '  nothing    null',
    '  empty      {}',
    '  shape      [120, 17]',
    '▾ optimizer  2 entries',
    '    kind   adam',
    '  ▸ betas  2 entries  {one: 0.9, two: 0.999}',
  ]);
});

test('toggles sections by path', () => {
  assert.deepEqual(renderTexts(config, {isToggled: createIsToggled('tree/optimizer')}).slice(-1), [
    '▸ optimizer  2 entries  {kind: "adam", betas: {one: 0.9, tw…',
  ]);
  assert.deepEqual(renderTexts(config, {isToggled: createIsToggled('tree/optimizer/betas')}).slice(-3), [
    '  ▾ betas  2 entries',
    '      one  0.9',
    '      two  0.999',
  ]);
});

test('dims empty values and emphasizes numbers', () => {
  const tones = renderTree(config, nothingToggled).map(({line}) => line.at(-1)?.tone);
  assert.deepEqual(tones.slice(0, 5), ['strong', 'plain', 'strong', 'dim', 'dim']);
});

test('shows changes beside a value', () => {
  const before = {lr: 0.01, name: 'sgd', isFast: true, optimizer: {kind: 'adam', betas: {one: 0.9}}};
  assert.deepEqual(renderTexts(config, {before, isToggled: createIsToggled('tree/optimizer/betas')}), [
    '  lr         0.02  +0.01 (+100%)',
    '  name       adam  was sgd',
    '  isFast     true',
    '  nothing    null',
    '  empty      {}',
    '  shape      [120, 17]',
    '▾ optimizer  2 entries',
    '    kind   adam',
    '  ▾ betas  2 entries',
    '      one  0.9  ±0',
    '      two  0.999',
  ]);
});

test('shows a list of lists or of similar records as a table', () => {
  const isToggled = createIsToggled('tree/matrix', 'tree/rows');
  assert.deepEqual(
    renderTexts(
      {
        matrix: [
          [12, 3],
          [1, 240],
        ],
      },
      {isToggled, openLevels: 0},
    ),
    ['▾ matrix  2 items', '    12    3', '     1  240'],
  );
  const rows = [
    {label: 'fraud', n: 12},
    {label: 'ok', n: null},
  ];
  assert.deepEqual(renderTexts({rows}, {isToggled, openLevels: 0}), [
    '▾ rows  2 items',
    '    label     n',
    '    fraud    12',
    '    ok     null',
  ]);
});

test('does not show records with different keys as a table', () => {
  const records = [
    {name: 'train', loss: 0.21},
    {name: 'test', accuracy: 0.93},
  ];
  assert.deepEqual(renderTexts({records}, {isToggled: createIsToggled('tree/records'), openLevels: 0}), [
    '▾ records  2 items',
    '  ▸ [0]  2 entries  {name: "train", loss: 0.21}',
    '  ▸ [1]  2 entries  {name: "test", accuracy: 0.93}',
  ]);
});

test('a text of many lines starts collapsed', () => {
  const closed = renderTexts({note: 'x'.repeat(2000), short: 'y'.repeat(80)});
  assert.equal(closed.filter(line => line.includes('xxx')).length, 1);
  assert.ok(closed.some(line => line.startsWith('▸ note')));
  assert.ok(closed.some(line => line.startsWith('▾ short')));
  assert.ok(renderTexts({note: 'x'.repeat(2000)}, {isToggled: createIsToggled('tree/note')}).length > 30);
});

test('a text starts collapsed if it needs more than five lines, whatever their length', () => {
  const verse = (lines: number) => Array.from({length: lines}, (_, index) => `line ${index}`).join('\n');
  assert.equal(renderTexts({verse: verse(5)})[0], '▾ verse');
  assert.match(renderTexts({verse: verse(6)})[0]!, /^▸ verse /);
  assert.equal(renderTexts({verse: '漢'.repeat(120)})[0], '▾ verse');
  assert.match(renderTexts({verse: '漢'.repeat(150)})[0]!, /^▸ verse /);
});

test('an expanded text of more than 500 lines ends in an ellipsis', () => {
  const lines = renderTexts({verse: 'x\n'.repeat(600)}, {isToggled: createIsToggled('tree/verse')});
  assert.equal(lines.length, 1 + 500);
  assert.equal(lines.at(-1)?.trim(), '…');
});

test('a list is shown on one line if it fits in cells, not in UTF-16 units', () => {
  assert.deepEqual(renderTexts({names: ['e\u0301'.repeat(40)]}), [`  names  ["${'e\u0301'.repeat(40)}"]`]);
  assert.equal(renderTexts({names: ['漢'.repeat(30)]})[0], '▾ names  1 item');
});

test('cuts a long or multi-line text until it is expanded', () => {
  const prompt = 'You are a careful reader.\nYou answer in one line, whatever it is that you have been asked about.';
  const [closed] = renderTexts({prompt}, {openLevels: 0});
  assert.match(closed!, /^▸ prompt {2}You are a careful reader\.⏎You answer in one .*…$/);
  assert.deepEqual(renderTexts({prompt}), [
    '▾ prompt',
    '    You are a careful reader.',
    '    You answer in one line, whatever it is that you have',
    '    been asked about.',
  ]);
});

test('groups many parts in sections of 100', () => {
  const many = Object.fromEntries(Array.from({length: 250}, (_, index) => [`key_${index}`, index]));
  assert.deepEqual(renderTexts(many), ['▸ key_0 – key_99', '▸ key_100 – key_199', '▸ key_200 – key_249']);
  const opened = renderTexts(many, {isToggled: createIsToggled('tree/200-250')});
  assert.equal(opened.length, 3 + 50);
  assert.equal(opened[3], '    key_200  200');
});

test('copies whole values and toggles sections at the cursor', () => {
  const marks = renderTree(config, nothingToggled).map(({mark}) => mark);
  assert.deepEqual(
    marks.map(mark => mark?.section),
    [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'tree/optimizer',
      undefined,
      'tree/optimizer/betas',
    ],
  );
  assert.equal(marks[1]?.copyTexts?.[0]?.text, 'adam');
  assert.equal(marks[5]?.copyTexts?.[0]?.text, '[\n  120,\n  17\n]');
  assert.equal(new Set(marks.map(mark => mark?.key)).size, marks.length);
});

describe('a filter', () => {
  test('keeps everything below a matching name and matching values, ignoring case', () => {
    assert.deepEqual(filterTree(config, 'BETAS'), {optimizer: {betas: {one: 0.9, two: 0.999}}});
    assert.deepEqual(filterTree(config, 'adam'), {name: 'adam', optimizer: {kind: 'adam'}});
    assert.deepEqual(filterTree({steps: ['load', 'train', 'test']}, 'tr'), {steps: {'[1]': 'train'}});
    assert.equal(filterTree(config, 'nowhere'), undefined);
    assert.equal(filterTree(config, ''), config);
  });
});

const json = fc.letrec<{readonly value: Json}>(tie => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.string({unit: 'binary', maxLength: 60}),
    fc.constantFrom('\x1b]0;title\x07', '漢字'.repeat(60), 'a\nb\tc\u202e', '\ud83d', 'x'.repeat(5000)),
    fc.double({noNaN: true}),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(fc.string({unit: 'binary', maxLength: 20}), tie('value'), {maxKeys: 4}),
  ),
})).value;

test('prints lines that fit and are safe for any value', () => {
  fc.assert(
    fc.property(
      json,
      json,
      fc.integer({min: 12, max: 120}),
      fc.integer({min: 0, max: 4}),
      fc.boolean(),
      (value, before, width, openLevels, isToggled) => {
        const lines = renderTree(
          {value},
          {width, indent: 4, path: 'p', isToggled: () => isToggled, openLevels, before: {value: before}},
        );
        for (const {line} of lines) {
          expect(countLineCells(line)).toBeLessThanOrEqual(width);
          expect(getLineText(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        }
      },
    ),
    {numRuns: 150},
  );
}, 20_000);

test('renders only the beginning of huge values', () => {
  const huge: Json = {
    text: 'word '.repeat(1_000_000),
    list: Array.from({length: 1_000_000}, (_, index) => index),
    deep: Array.from({length: 39}).reduce<Json>(inner => ({inner}), 'core'),
  };
  const lines = renderTree(huge, {...nothingToggled, openLevels: 60});
  assert.ok(lines.length < 800, String(lines.length));
});
