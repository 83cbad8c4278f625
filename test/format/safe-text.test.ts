import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {countCells} from '../../src/format/cells.js';
import {removeControls} from '../../src/format/clean-text.js';
import {sanitizeLines, sanitizeText} from '../../src/format/safe-text.js';
import {sanitizeToWidth} from '../../src/format/sanitize-to-width.js';

const esc = '\x1b';

test.each([
  ['plain text', 'load_data', 'load_data'],
  ['text of other scripts', 'größe 模型 данные', 'größe 模型 данные'],
  ['a color', `${esc}[31mred${esc}[0m`, 'red'],
  ['a cursor move', `a${esc}[2;5Hb${esc}[?25lc`, 'abc'],
  ['a window title', `a${esc}]0;owned\x07b`, 'ab'],
  ['a link, ended by ST', `${esc}]8;;https://evil.test${esc}\\here${esc}]8;;${esc}\\`, 'here'],
  ['the clipboard', `a${esc}]52;c;cm0gLXJm\x07b`, 'ab'],
  ['a device control string', `a${esc}Pq#0;2;0${esc}\\b`, 'ab'],
  ['an application command', `a${esc}_Gf=100;AAAA${esc}\\b`, 'ab'],
  ['a privacy message and a start of string', `a${esc}^x${esc}\\b${esc}Xy${esc}\\c`, 'abc'],
  ['8-bit CSI and OSC', 'a\x9b31mb\x9d0;t\x9cc', 'abc'],
  ['8-bit DCS, SOS, PM, APC', 'a\x90x\x9cb\x98x\x9cc\x9ex\x9cd\x9fx\x9ce', 'abcde'],
  ['a character set and a reset', `a${esc}(0b${esc}cc`, 'abc'],
  ['a sequence inside a sequence', `a${esc}${esc}[31m[31mb`, 'a[31mb'],
  ['an unterminated string', `a${esc}]0;title`, 'a0;title'],
  ['bell, backspace, delete', 'a\x07b\x08c\x7fd', 'abcd'],
  ['a tab', 'a\tb', 'a  b'],
  ['line breaks', 'a\nb\r\nc\rd', 'a⏎b⏎c⏎d'],
  ['unusual line breaks', 'a\u2028b\u2029c\x85d\ve\f', 'a⏎b⏎c⏎d⏎e'],
  ['a trailing line break', 'boom\n', 'boom'],
  ['a bidi override', 'user\u202egnp.exe', 'usergnp.exe'],
  ['bidi isolates and marks', 'a\u2066b\u2069c\u200ed\u061ce', 'abcde'],
  ['zero-width characters', 'a\u200bb\u200cc\ufeffd\u2060e', 'abcde'],
  ['a soft hyphen', 'a\u00adb', 'ab'],
  ['tags', 'a\u{e0041}\u{e007f}b', 'ab'],
  ['variation selectors', '❤\ufe0f', '❤'],
  ['a joined family', '👩\u200d👧', '👩👧'],
  ['a skin tone', '👍🏽', '👍'],
  ['a keycap', '1\ufe0f\u20e3', '1'],
  ['a lone surrogate', 'a\ud83db', 'a\ufffdb'],
  ['separated surrogates', 'a\ud83d\u200b\ude00b', 'a\ufffd\ufffdb'],
  ['an unassigned character', 'a\u{fffff}b', 'a\ufffdb'],
  ['many combining marks', `e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(4)}`],
])('sanitizes %s', (_, text, expected) => {
  assert.equal(sanitizeText(text), expected);
});

test('cuts text before measuring it', () => {
  assert.equal(sanitizeText('x'.repeat(10_000_000)).length, 4001);
  assert.equal(sanitizeToWidth('漢'.repeat(10_000_000), 7), '漢漢漢…');
  assert.equal(sanitizeToWidth(`${'\u200b'.repeat(5_000_000)}late`, 7), '<U+200…');
});

test('ends in an ellipsis if it cuts a text whose beginning shrinks', () => {
  const colors = `${esc}[31m`;
  assert.equal(sanitizeText(`start${colors.repeat(2000)}end`), 'start…');
  assert.equal(sanitizeToWidth(`start${colors.repeat(2000)}end`, 40), 'start…');
  assert.equal(sanitizeToWidth(`start${colors}end`, 40), 'startend');
});

test('handles many escape introducers in linear time', () => {
  assert.equal(sanitizeLines('\x9d'.repeat(1_000_000)).length, 0);
  assert.equal(sanitizeLines(`${esc}]`.repeat(500_000)).length, 0);
});

test('splits text at every kind of line break and keeps the indentation', () => {
  assert.deepEqual(sanitizeLines('def f():\n\tif x:\r\n\t\treturn 1\n\n'), [
    'def f():',
    '    if x:',
    '        return 1',
  ]);
  assert.deepEqual(sanitizeLines(`${esc}[31mred\nstill red${esc}[0m`), ['red', 'still red']);
  assert.deepEqual(sanitizeLines('\n \n'), []);
  assert.deepEqual(sanitizeLines('ab\tc'), ['ab  c']);
});

const hostilePiece = fc.constantFrom(
  esc,
  `${esc}[`,
  `${esc}]`,
  '\x9b',
  '\x9d',
  '\x90',
  '\x9c',
  '\x07',
  `${esc}\\`,
  '\r',
  '\n',
  '\t',
  '\u202e',
  '\u200d',
  '\ufe0f',
  '\ud83d',
  '\ude00',
  '👩',
  '漢',
  'é',
  '\u{e0041}',
  ';31m',
  '0;x',
  'a',
  ' ',
);
const hostileText = fc.oneof(
  fc.string({unit: 'binary', maxLength: 60}),
  fc.array(hostilePiece, {maxLength: 40}).map(pieces => pieces.join('')),
);

// Checked by code point, independently of the regular expressions of the module.
const isDangerous = (character: string): boolean => {
  const point = character.codePointAt(0)!;
  return (
    point < 0x20 ||
    (point >= 0x7f && point <= 0x9f) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    point === 0xfeff ||
    (point >= 0xfe00 && point <= 0xfe0f) ||
    (point >= 0xe0000 && point <= 0xe0fff)
  );
};

test('removes everything that a terminal interprets from any text', () => {
  fc.assert(
    fc.property(hostileText, text => {
      assert.ok(![...sanitizeText(text)].some(isDangerous));
      assert.ok(!sanitizeLines(text).some(line => [...line].some(isDangerous)));
    }),
    {numRuns: 2000},
  );
});

test('does not change safe text', () => {
  fc.assert(
    fc.property(hostileText, text => {
      assert.equal(sanitizeText(sanitizeText(text)), sanitizeText(text));
    }),
    {numRuns: 2000},
  );
  const long = sanitizeText('\t'.repeat(5000) + 'x'.repeat(5000));
  assert.equal(sanitizeText(long), long);
});

test('respects a limit in cells', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({min: 0, max: 30}), (text, maxCells) => {
      assert.ok(countCells(sanitizeToWidth(text, maxCells)) <= maxCells);
    }),
    {numRuns: 2000},
  );
});

test('removes only control characters from copied text', () => {
  assert.equal(removeControls('a\x1b[31mred\x1b[0m\x07\x00\tb\nc\x9b1mé👩‍🔬\u200d'), 'ared\tb\ncé👩‍🔬\u200d');
  assert.equal(removeControls('x\x1b]52;c;aGk=\x07y'), 'xy');
});

test.each([
  ['\u202e', '<U+202E>'],
  ['\x00', '^@'],
  ['   ', '␠␠␠'],
  ['\u00a0', '␠'],
  ['\u200b\u200b', '<U+200B><U+200B>'],
  ['\u3164', '<U+3164>'],
  ['\t', '^I'],
  ['\n', '^J'],
  ['\x1b', '^['],
  ['', ''],
  ['a\x00 ', 'a '],
])('the name %j is shown as %s', (name, shown) => {
  assert.equal(sanitizeToWidth(name, 40), shown);
});
