import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {TextStyle} from '../../src/format/text-style.js';
import type {ColourLevel} from '../../src/theme/look.js';
import {encodeStyle} from '../../src/theme/style-sequence.js';

test.each<[string, TextStyle, ColourLevel, string]>([
  ['any colour where any can be shown', {color: [1, 2, 3]}, 3, '\x1b[38;2;1;2;3m'],
  ['the nearest of 256', {color: [255, 135, 0]}, 2, '\x1b[38;5;208m'],
  ['the nearest of 16', {color: [255, 0, 0]}, 1, '\x1b[91m'],
  ['the nearest of 16 for one of 256', {color: 21}, 1, '\x1b[94m'],
  ['grey for a grey', {color: 244}, 1, '\x1b[90m'],
  ['one of the sixteen as it is', {color: 9, background: 4}, 1, '\x1b[91;44m'],
  ['a bright background', {background: 12}, 2, '\x1b[104m'],
  ['nothing of a colour without colours', {color: 1, isBold: true}, 0, '\x1b[1m'],
  ['nothing at all', {color: 1}, 0, ''],
  ['no text that hides itself', {color: 1, background: 1}, 2, '\x1b[31m'],
  ['no text that hides itself, whatever it was asked as', {color: [0, 0, 0], background: [1, 1, 1]}, 1, '\x1b[30m'],
])('a style becomes %s', (_, style, level, sequence) => {
  assert.equal(encodeStyle(style, level), sequence);
});
