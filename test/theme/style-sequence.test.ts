import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {TextStyle} from '../../src/format/text-style.js';
import type {ColorLevel} from '../../src/theme/look.js';
import {encodeStyle} from '../../src/theme/style-sequence.js';

test.each<[string, TextStyle, ColorLevel, string]>([
  ['any RGB color if the terminal supports it', {color: [1, 2, 3]}, 3, '\x1b[38;2;1;2;3m'],
  ['the nearest of 256', {color: [255, 135, 0]}, 2, '\x1b[38;5;208m'],
  ['the nearest of 16', {color: [255, 0, 0]}, 1, '\x1b[91m'],
  ['the nearest of 16 for an index of 256', {color: 21}, 1, '\x1b[94m'],
  ['gray for a gray', {color: 244}, 1, '\x1b[90m'],
  ['one of the sixteen unchanged', {color: 9, background: 4}, 1, '\x1b[91;44m'],
  ['a bright background', {background: 12}, 2, '\x1b[104m'],
  ['no color without colors', {color: 1, isBold: true}, 0, '\x1b[1m'],
  ['an empty sequence', {color: 1}, 0, ''],
  ['text without a background if both have the same color', {color: 1, background: 1}, 2, '\x1b[31m'],
  ['text without a background if both get the same of 16', {color: [0, 0, 0], background: [1, 1, 1]}, 1, '\x1b[30m'],
])('a style becomes %s', (_, style, level, sequence) => {
  assert.equal(encodeStyle(style, level), sequence);
});
