import assert from 'node:assert/strict';
import {test} from 'vitest';
import {applyStyleCodes, type TextStyle} from '../../src/format/text-style.js';

test.each<[string, TextStyle | undefined]>([
  ['', undefined],
  ['0', undefined],
  ['1', {isBold: true}],
  ['1;31', {isBold: true, color: 1}],
  ['97;104', {color: 15, background: 12}],
  ['38;5;208', {color: 208}],
  ['48;2;1;2;3', {background: [1, 2, 3]}],
  ['38:2::10:20:30', {color: [10, 20, 30]}],
  ['38;2;1;2;3;1', {color: [1, 2, 3], isBold: true}],
  ['38;2;0;2;3;1', {color: [0, 2, 3], isBold: true}],
  ['38:2::10:20:30;1', {color: [10, 20, 30], isBold: true}],
  ['38:2:10:20:30;1', {color: [10, 20, 30], isBold: true}],
  ['38:5:208;1', {color: 208, isBold: true}],
  ['1;4:3', {isBold: true, isUnderlined: true}],
  ['1;4:0', {isBold: true, isUnderlined: false}],
  ['58;5;1', undefined],
  ['58;2;1;2;3', undefined],
  ['58:2::1:2:3', undefined],
  ['31;0', undefined],
  ['5;8', undefined],
  ['38;5;999', undefined],
  ['38;2;300;0;0', undefined],
  ['38', undefined],
  ['999;abc', undefined],
])('reads SGR %j as %j', (parameters, style) => {
  const result = applyStyleCodes(undefined, parameters);
  assert.deepEqual(
    result && Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined)),
    style,
  );
});

test('resets each part of a style separately', () => {
  const all = applyStyleCodes(undefined, '1;2;3;4;7;31;42');
  assert.deepEqual(applyStyleCodes(all, '22;23;24;27;39;49'), undefined);
  assert.equal(applyStyleCodes(all, '22')?.color, 1);
});
