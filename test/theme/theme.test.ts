import assert from 'node:assert/strict';
import {test} from 'vitest';
import {encodeLook} from '../../src/theme/look.js';
import {createTheme} from '../../src/theme/theme.js';

const sequencesOf = (colourLevel: 0 | 1 | 2 | 3) => {
  const {sequences, selectedSequences} = createTheme({colourLevel, isAscii: false});
  return [...Object.values(sequences), ...Object.values(selectedSequences)];
};

/** The numbers of all SGR sequences. */
const codesOf = (sequences: readonly string[]): number[] =>
  sequences.flatMap(sequence => (sequence.match(/\d+/g) ?? []).map(Number));

test('a look becomes the shortest sequence that switches it on', () => {
  assert.equal(encodeLook({}), '');
  assert.equal(encodeLook({color: 5, isBold: true}), '\x1b[1;35m');
  assert.equal(encodeLook({color: 8}), '\x1b[90m');
  assert.equal(encodeLook({background: 236, color: 255}), '\x1b[38;5;255;48;5;236m');
});

test('without colours texts are only bold, dim, underlined or reversed', () => {
  assert.deepEqual(
    codesOf(sequencesOf(0)).filter(code => ![1, 2, 4, 7].includes(code)),
    [],
  );
});

test('with sixteen colours no other one is used', () => {
  for (const sequence of sequencesOf(1)) {
    assert.doesNotMatch(sequence, /[34]8;5/);
  }
});

test('with more colours the terminal keeps its own, and only the selected row has a background', () => {
  const {sequences, selectedSequences} = createTheme({colourLevel: 3, isAscii: false});
  for (const sequence of Object.values(sequences)) {
    assert.doesNotMatch(sequence, /[34]8;5/);
  }

  for (const sequence of Object.values(selectedSequences)) {
    assert.match(sequence, /48;5;236/);
  }
});

test('every text of the selected row is marked, whatever the colours', () => {
  for (const colourLevel of [0, 1, 2, 3] as const) {
    for (const sequence of Object.values(createTheme({colourLevel, isAscii: false}).selectedSequences)) {
      assert.notEqual(sequence, '');
    }
  }
});

test('an ASCII theme has ASCII glyphs alone', () => {
  const {glyph, bar, statusGlyph} = createTheme({colourLevel: 2, isAscii: true});
  const drawn = [...Object.values(glyph), ...Object.values(bar), statusGlyph('running'), statusGlyph('waiting')];
  for (const text of drawn) {
    assert.match(text, /^[!-~]$/);
  }
});

for (const palette of ['deuteranopia', 'tritanopia'] as const) {
  test(`${palette}: what went well, failed and goes on have three colours, of which none is plain red or green`, () => {
    const {sequences} = createTheme({colourLevel: 2, isAscii: false, palette});
    const {good, bad, busy} = sequences;
    assert.equal(new Set([good, bad, busy]).size, 3);
    assert.ok(![good, bad, busy].some(sequence => codesOf([sequence]).some(code => code === 31 || code === 32)));
  });

  test(`${palette} gives way to what the terminal can show`, () => {
    assert.deepEqual(
      createTheme({colourLevel: 1, isAscii: false, palette}).sequences,
      createTheme({colourLevel: 1, isAscii: false}).sequences,
    );
  });
}

test('mono can be chosen where there are colours', () => {
  assert.deepEqual(
    createTheme({colourLevel: 3, isAscii: false, palette: 'mono'}).sequences,
    createTheme({colourLevel: 0, isAscii: false}).sequences,
  );
});
