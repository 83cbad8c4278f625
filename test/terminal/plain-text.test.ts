import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {removeTerminalControls} from '../../src/terminal/plain-text.js';

const cases: readonly [what: string, text: string, plain: string][] = [
  ['keeps words and accents', 'trainer éà 日本 👍', 'trainer éà 日本 👍'],
  ['drops a whole sequence, including its parameters', 'a\x1b[31;1mred\x1b[0m\x1b[2Jb', 'aredb'],
  ['drops a title and a clipboard sequence whole', 'a\x1b]0;pwned\x07b\x1b]52;c;ZXZpbA==\x1b\\c', 'abc'],
  ['drops the 8-bit forms', 'a\x9b2Jb\x9d0;t\x9cc', 'abc'],
  ['drops device strings', 'a\x1bP1$r0m\x1b\\b\x1b_Gi=1;AAAA\x1b\\c', 'abc'],
  ['joins several lines into one', 'one\r\ntwo\tthree\u2028four', 'one two three four'],
  ['drops bells, backspaces and nulls', 'a\x07b\bc\0d\x7f', 'abcd'],
  ['drops bidi controls and invisible characters', 'a\u202egnp.exe\u202cb\u200bc\u{e0041}', 'agnp.exebc'],
  ['drops a sequence that never ends', 'a\x1b]0;never ending', 'a'],
];

for (const [what, text, plain] of cases) {
  test(`plain text ${what}`, () => {
    assert.equal(removeTerminalControls(text), plain);
  });
}

test('cuts between characters', () => {
  assert.equal(removeTerminalControls('👍'.repeat(300)), '👍'.repeat(200));
});

test('removes control characters from any input', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('\x1b', '[', ']', '\x07', '\x9b', '0', ';', 'm', '\\', 'a', '\n', '\u202e', '\0'),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({unit: 'binary'}), hostile), text => {
      assert.doesNotMatch(removeTerminalControls(text), /[\p{Control}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
    }),
  );
});
