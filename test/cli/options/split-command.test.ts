import assert from 'node:assert/strict';
import {test} from 'vitest';
import {splitCommand} from '../../../src/cli/options/split-command.js';

test.each([
  ['notify-send zentop', ['notify-send', 'zentop']],
  ['  a   b ', ['a', 'b']],
  [`say "a b" 'c "d' e\\ f`, ['say', 'a b', 'c "d', 'e f']],
  ['a "" b', ['a', '', 'b']],
  ['a"b c"d', ['ab cd']],
  ['say "a \\"b\\" \\n"', ['say', 'a "b" \\n']],
  ['a $HOME > b; c', ['a', '$HOME', '>', 'b;', 'c']],
  ['', []],
])('splits %j into a program and its arguments', (text, words) => {
  assert.deepEqual(splitCommand(text, '--on-end'), words);
});

test.each(['""', "'' a"])('rejects %j, in which the program has no name', text => {
  assert.throws(() => splitCommand(text, '--on-end'), /^Error: The program in --on-end has no name/);
});

test.each(['a "b', "a 'b", 'a\\'])('rejects the unfinished %j', text => {
  assert.throws(() => splitCommand(text, '--on-end'), /^Error: Unbalanced quote or trailing backslash in --on-end/);
});
