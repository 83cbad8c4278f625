import assert from 'node:assert/strict';
import {test} from 'vitest';
import {encodeLook} from '../../src/theme/look.js';
import {createTheme} from '../../src/theme/theme.js';

const listSequences = (colorLevel: 0 | 1 | 2 | 3) => {
  const {sequences, selectedSequences} = createTheme({colorLevel, isAscii: false, background: 'dark'});
  return [...Object.values(sequences), ...Object.values(selectedSequences)];
};

/** The numbers of all SGR sequences. */
const listCodes = (sequences: readonly string[]): number[] =>
  sequences.flatMap(sequence => (sequence.match(/\d+/g) ?? []).map(Number));

test('a look becomes the shortest sequence that turns it on', () => {
  assert.equal(encodeLook({}), '');
  assert.equal(encodeLook({color: 5, isBold: true}), '\x1b[1;35m');
  assert.equal(encodeLook({color: 8}), '\x1b[90m');
  assert.equal(encodeLook({background: 236, color: 255}), '\x1b[38;5;255;48;5;236m');
});

test('without colors, text is only bold, underlined or reversed', () => {
  assert.deepEqual(
    listCodes(listSequences(0)).filter(code => ![1, 4, 7].includes(code)),
    [],
  );
});

test('with sixteen colors no other color is used', () => {
  for (const sequence of listSequences(1)) {
    assert.doesNotMatch(sequence, /[34]8;5/);
  }
});

test('on a known background with 256 colors, none of the sixteen is used, and only the selected row and the current match have a background', () => {
  for (const background of ['dark', 'light'] as const) {
    const {sequences, selectedSequences} = createTheme({colorLevel: 2, isAscii: false, background});
    const {currentMatch, ...otherSequences} = sequences;
    assert.match(currentMatch, /48;5/);
    for (const sequence of Object.values(otherSequences)) {
      assert.doesNotMatch(sequence, /48;5/);
      assert.match(sequence, /^(?:\x1b\[(?:[14];)*(?:38;5;\d+|[14])m)?$/);
    }

    for (const sequence of Object.values(selectedSequences)) {
      assert.match(sequence, /48;5;\d+/);
    }
  }
});

test('the Linux console, which draws underlined text in a color of its own instead, gets none', () => {
  const {sequences, selectedSequences} = createTheme({colorLevel: 1, isAscii: true, isLinuxConsole: true});
  assert.ok(!listCodes([...Object.values(sequences), ...Object.values(selectedSequences)]).includes(4));
});

test('every text of the selected row is highlighted, whatever the number of colors', () => {
  for (const colorLevel of [0, 1, 2, 3] as const) {
    for (const sequence of Object.values(createTheme({colorLevel, isAscii: false}).selectedSequences)) {
      assert.notEqual(sequence, '');
    }
  }
});

test('an ASCII theme has only ASCII glyphs', () => {
  const {glyph, bar, pickStatusGlyph} = createTheme({colorLevel: 2, isAscii: true});
  const texts = [
    ...Object.values(glyph),
    ...Object.values(bar),
    pickStatusGlyph('running'),
    pickStatusGlyph('waiting'),
  ];
  for (const text of texts) {
    assert.match(text, /^[!-~]$/);
  }
});

for (const name of ['deuteranopia', 'tritanopia'] as const) {
  test(`${name}: completed, failed and running steps have three colors, none of which is plain red or green`, () => {
    const {sequences} = createTheme({colorLevel: 2, isAscii: false, name, background: 'dark'});
    const {good, bad, busy} = sequences;
    assert.equal(new Set([good, bad, busy]).size, 3);
    assert.ok(![good, bad, busy].some(sequence => listCodes([sequence]).some(code => code === 31 || code === 32)));
  });

  test(`${name} is not used if the terminal has only sixteen colors`, () => {
    assert.deepEqual(
      createTheme({colorLevel: 1, isAscii: false, name}).sequences,
      createTheme({colorLevel: 1, isAscii: false}).sequences,
    );
  });
}

test('mono can be chosen on a terminal with colors', () => {
  assert.deepEqual(
    createTheme({colorLevel: 3, isAscii: false, name: 'mono'}).sequences,
    createTheme({colorLevel: 0, isAscii: false}).sequences,
  );
});
