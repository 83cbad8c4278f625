import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {decodeKey} from '../../src/terminal/decode-key.js';

test.each([
  ['a press in the kitty protocol', '\x1b[106u', 'j'],
  ['a press with its event type', '\x1b[106;1:1u', 'j'],
  ['a repetition', '\x1b[106;1:2u', 'j'],
  ['a release of a letter', '\x1b[113;1:3u', ''],
  ['a release of Enter', '\x1b[13;1:3u', ''],
  ['a release of an arrow', '\x1b[1;1:3A', ''],
  ['a release of Page Up', '\x1b[5;1:3~', ''],
  ['a press of an arrow', '\x1b[1;1:1A', '\x1b[A'],
  ['an arrow while Num Lock is on', '\x1b[1;129:1A', '\x1b[A'],
  ['a press of Page Up', '\x1b[5;1:1~', '\x1b[5~'],
  ['Ctrl and an arrow', '\x1b[1;5:1C', '\x1b[1;5C'],
  ['Enter', '\x1b[13u', '\r'],
  ['Esc', '\x1b[27u', '\x1b'],
  ['Tab', '\x1b[9u', '\t'],
  ['Shift+Tab', '\x1b[9;2u', '\x1b[Z'],
  ['Backspace', '\x1b[127u', '\x7f'],
  ['Shift and a letter', '\x1b[103;2u', 'G'],
  ['Shift and a digit with its shifted key', '\x1b[51:35;2u', '#'],
  ['a key with its text', '\x1b[97;2;65u', 'A'],
  ['a letter while Caps Lock is on', '\x1b[106;65u', 'j'],
  ['Ctrl-C', '\x1b[99;5u', '\x03'],
  ['Ctrl and the Cyrillic letter on the C key', '\x1b[1089;5u', '\x03'],
  ['Ctrl and the Cyrillic letter on the C key, with its base key', '\x1b[1089::99;5u', '\x03'],
  ['a Cyrillic letter', '\x1b[1086u', 'о'],
  ['Alt and a letter', '\x1b[113;3u', ''],
  ['Super and a letter', '\x1b[113;9u', ''],
  ['a Shift key alone', '\x1b[57441;2:1u', ''],
  ['a digit on the keypad', '\x1b[57402u', '3'],
  ['Enter on the keypad', '\x1b[57414u', '\r'],
  ['an arrow on the keypad', '\x1b[57420u', '\x1b[B'],
  ['Ctrl-C of modifyOtherKeys', '\x1b[27;5;99~', '\x03'],
  ['a code beyond Unicode', '\x1b[9999999u', ''],
  ['a shifted key beyond Unicode', '\x1b[97:9999999;2u', ''],
  ['a base key beyond Unicode', '\x1b[97::9999999;5u', ''],
  ['1 on the keypad', '\x1bOq', '1'],
  ['/ on the keypad', '\x1bOo', '/'],
  ['Enter on the keypad in application mode', '\x1bOM', '\r'],
  ['F1', '\x1bOP', '\x1bOP'],
  ['an arrow in application mode', '\x1bOA', '\x1bOA'],
  ['a plain arrow', '\x1b[A', '\x1b[A'],
  ['a letter', 'q', 'q'],
])('%s is decoded', (_, sequence, key) => {
  assert.equal(decodeKey(sequence), key);
});

test('no number leads to an error or a long text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(2_000_000), {minLength: 1, maxLength: 3}),
      fc.constantFrom(';', ':'),
      (numbers, separator) => {
        assert.ok(decodeKey(`\x1b[${numbers.join(separator)}u`).length < 12);
      },
    ),
  );
});
