import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {LogLine} from '../../../src/domain/log/line.js';
import {createLogPattern} from '../../../src/domain/log/pattern.js';
import {countLineCells, getLineText, type Line} from '../../../src/format/line.js';
import {type RowShape, renderLogLine} from '../../../src/format/log/line-rows.js';
import {maxShownUnits, renderLogMessage} from '../../../src/format/log/message-segments.js';
import {at} from '../../support/builders.js';

const aLine = (text: string, changes: Partial<LogLine> = {}): LogLine => ({
  text,
  level: 20,
  at: at(500),
  isContinued: false,
  ...changes,
});

const shape: RowShape = {
  width: 60,
  isWrapped: false,
  left: 0,
  hasTimes: true,
  getUtcOffset: () => 0,
  pattern: undefined,
  currentMatch: undefined,
};

const renderTexts = (line: LogLine, changes: Partial<RowShape> = {}) =>
  renderLogLine(line, 7, {...shape, ...changes}).map(getLineText);

const renderMessage = (text: string) => getLineText(renderLogMessage(text));

describe('a line of a log', () => {
  test.each<[string, LogLine, Partial<RowShape>, readonly string[]]>([
    ['starts with its time', aLine('loss 0.2'), {}, ['21:12:31   loss 0.2']],
    ['marks a warning with a letter', aLine('slow', {level: 30}), {}, ['21:12:31 W slow']],
    ['marks an error with a letter', aLine('boom', {level: 40}), {}, ['21:12:31 E boom']],
    ['marks a critical message with a letter', aLine('dead', {level: 50}), {}, ['21:12:31 C dead']],
    ['marks a debug message with a letter', aLine('x=1', {level: 10}), {}, ['21:12:31 D x=1']],
    [
      'has neither time nor level if it continues a message',
      aLine('in f', {level: 40, isContinued: true}),
      {},
      ['           in f'],
    ],
    ['has no time if it is unknown', aLine('a', {at: undefined}), {}, ['           a']],
    ['has no time if times are hidden', aLine('a', {level: 30}), {hasTimes: false}, ['W a']],
    ['has no time in a narrow window', aLine('a'), {width: 30}, ['  a']],
    ['is cut if it is too long', aLine('0123456789'.repeat(3)), {hasTimes: false, width: 10}, ['  0123456…']],
    [
      'can be scrolled horizontally',
      aLine('0123456789'.repeat(3)),
      {hasTimes: false, width: 10, left: 20},
      ['  …012345…'],
    ],
    [
      'can be scrolled to its end',
      aLine('0123456789'.repeat(3)),
      {hasTimes: false, width: 14, left: 20},
      ['  …0123456789'],
    ],
    ['can be scrolled out of view', aLine('abc'), {hasTimes: false, left: 20}, ['  …']],
    [
      'continues in the next row if it is wrapped',
      aLine('0123456789abcdefghijk'),
      {hasTimes: false, width: 12, isWrapped: true},
      ['  0123456789', '  abcdefghij', '  k'],
    ],
    [
      'is wrapped between whole characters',
      aLine('漢字漢字漢'),
      {hasTimes: false, width: 7, isWrapped: true},
      ['  漢字', '  漢字', '  漢'],
    ],
  ])('%s', (_, line, changes, rows) => {
    assert.deepEqual(renderTexts(line, changes), rows);
  });

  test('marks matches, and the current one', () => {
    const renderWithMatch = (currentMatch: number) =>
      renderLogLine(aLine('loss and loss'), 7, {...shape, pattern: createLogPattern('loss'), currentMatch})[0]!
        .filter(({tone}) => tone === 'match' || tone === 'currentMatch')
        .map(({text, tone}) => `${tone} ${text}`);
    assert.deepEqual(renderWithMatch(3), ['match loss', 'match loss']);
    assert.deepEqual(renderWithMatch(7), ['currentMatch loss', 'currentMatch loss']);
  });

  test('marks a match across style changes and row breaks', () => {
    const rows = renderLogLine(aLine('xx\x1b[31mlo\x1b[0mss'), 7, {
      ...shape,
      hasTimes: false,
      isWrapped: true,
      width: 6,
      pattern: createLogPattern('loss'),
    });
    const matches = rows.map(row => row.filter(({tone}) => tone === 'match').map(({text}) => text));
    assert.deepEqual(matches, [['lo'], ['ss']]);
  });
});

describe('untrusted text', () => {
  test.each<[string, string, string]>([
    ['color sequences are not text', '\x1b[1;31mred\x1b[0m plain', 'red plain'],
    ['a cursor move is made visible', 'a\x1b[2Jb', 'a^[[2Jb'],
    ['a clipboard write is made visible', '\x1b]52;c;aGk=\x07', '^[]52;c;aGk=^G'],
    ['an 8-bit control is made visible', '\x9b2J', '<9b>2J'],
    ['a change of direction is made visible', 'a\u202eb', 'a<U+202E>b'],
    ['a zero-width space is made visible', 'a\u200bb', 'a<U+200B>b'],
    ['a vertical tab and a form feed are made visible', 'a\vb\fc', 'a^Kb^Lc'],
    ['a line separator is made visible', 'a\u2028b', 'a<U+2028>b'],
    ['tabs go to the next stop', 'a\tbc\td', 'a       bc      d'],
    ['half a surrogate pair is replaced', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, expected) => {
    assert.equal(renderMessage(text), expected);
  });

  test('keeps its colors, which end with the line', () => {
    assert.deepEqual(renderLogMessage('a\x1b[1;32mb\x1b[0mc'), [
      {text: 'a', tone: 'plain'},
      {text: 'b', tone: 'plain', style: {isBold: true, color: 2}},
      {text: 'c', tone: 'plain'},
    ]);
  });

  test('is cut after many characters, with the number of those not shown', () => {
    assert.equal(renderMessage('x'.repeat(1_000_000)), `${'x'.repeat(maxShownUnits)}… 980,000 more characters`);
  });
});

const hostile = fc.oneof(
  fc.string({unit: 'binary', maxLength: 60}),
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc
    .array(fc.constantFrom('\x1b[31m', '\x1b[38;5;', '\x1b]8;;', '\x07', '\t', '漢', '🚀', 'é', 'ab ', '\r', '\u202e'))
    .map(parts => parts.join('')),
);

const assertFit = (rows: readonly Line[], width: number) => {
  for (const row of rows) {
    assert.ok(countLineCells(row) <= width, JSON.stringify(row));
    assert.doesNotMatch(getLineText(row), /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u);
  }
};

test('prints rows that fit and are safe for any log', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.integer({min: 8, max: 70}),
      fc.boolean(),
      fc.integer({min: 0, max: 30}),
      fc.constantFrom('', 'a', 'ab', '['),
      (text, width, isWrapped, left, search) => {
        const rows = renderLogLine(aLine(text), 7, {
          ...shape,
          width,
          isWrapped,
          left,
          pattern: createLogPattern(search),
        });
        assertFit(rows, width);
        assert.ok(rows.length > 0);
        if (!isWrapped) {
          assert.equal(rows.length, 1);
        }
      },
    ),
    {numRuns: 1000},
  );
});

test('wraps a line without losing text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 200}), fc.integer({min: 6, max: 40}), (text, width) => {
      const rows = renderLogLine(aLine(text), 7, {...shape, width, isWrapped: true, hasTimes: false});
      assert.equal(rows.map(row => getLineText(row).slice(2)).join(''), renderMessage(text));
    }),
  );
});
