import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getKeyNames} from '../../src/view/key-name.js';

const cases = [
  ['j', {}, ['j']],
  ['G', {shift: true}, ['G']],
  ['jjj', {}, ['j', 'j', 'j']],
  ['', {downArrow: true}, ['down']],
  ['', {pageUp: true}, ['pageup']],
  ['', {return: true}, ['return']],
  ['', {escape: true}, ['escape']],
  ['', {tab: true, shift: true}, ['shift-tab']],
  ['', {tab: true}, ['tab']],
  ['d', {ctrl: true}, ['ctrl-d']],
  [' ', {}, ['space']],
  ['j \r', {}, ['j', 'space', 'return']],
  ['x', {meta: true}, ['escape', 'x']],
] as const;

for (const [input, key, names] of cases) {
  test(`${JSON.stringify(input)} with ${JSON.stringify(key)} is ${names.join(', ')}`, () => {
    assert.deepEqual(getKeyNames(input, key), names);
  });
}

test('a key that quickly follows Esc in tmux or screen counts as Esc and that key', () => {
  assert.deepEqual(getKeyNames('/', {meta: true}), ['escape', '/']);
  assert.deepEqual(getKeyNames('', {meta: true, upArrow: true}), ['escape', 'up']);
  assert.deepEqual(getKeyNames('', {meta: true, escape: true}), ['escape']);
});
