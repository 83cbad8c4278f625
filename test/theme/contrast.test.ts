import assert from 'node:assert/strict';
import {test} from 'vitest';
import {parseBackgroundReply} from '../../src/terminal/background.js';
import {findRgb, getContrast, type Rgb} from '../../src/theme/color.js';
import type {Background} from '../../src/theme/legible-style.js';
import {createTheme, type Theme, type ThemeOptions} from '../../src/theme/theme.js';
import {parseHex, type TerminalPalette, terminalPalettes} from './terminal-palettes.js';

/** These may be fainter: explanations, labels, and what has not happened yet. */
const dimTones = new Set(['dim', 'label', 'waiting']);
const minTextContrast = 4.5;
const minDimContrast = 3;

type DrawnColors = {readonly text: Rgb; readonly background: Rgb; readonly isFaint: boolean};

/** The colors that a terminal with this palette draws after a sequence. */
const applySequence = (sequence: string, palette: TerminalPalette): DrawnColors => {
  const getColor = (index: number): Rgb => findRgb(index) ?? parseHex(palette.sixteen[index]!);
  let text = parseHex(palette.foreground);
  let background = parseHex(palette.background);
  let isReversed = false;
  let isFaint = false;
  const codes = [...sequence.matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, list]) => list!.split(';').map(Number));
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index]!;
    if (code === 38 || code === 48) {
      assert.equal(codes[index + 1], 5);
      const color = getColor(codes[index + 2]!);
      text = code === 38 ? color : text;
      background = code === 48 ? color : background;
      index += 2;
    } else if (code === 7) {
      isReversed = true;
    } else if (code === 2) {
      isFaint = true;
    } else if (code >= 30 && code < 38) {
      text = getColor(code - 30);
    } else if (code >= 40 && code < 48) {
      background = getColor(code - 40);
    } else if (code >= 90 && code < 98) {
      text = getColor(code - 90 + 8);
    } else {
      assert.ok([1, 4].includes(code), `unexpected code ${code}`);
    }
  }

  return isReversed ? {text: background, background: text, isFaint} : {text, background, isFaint};
};

type Pair = {readonly what: string; readonly contrast: number; readonly isDim: boolean};

/** Whether both colors are the terminal's own, which zentop does not choose: in Solarized Light, their contrast is 4.13. */
const isOwn = ({text, background}: DrawnColors, palette: TerminalPalette): boolean =>
  [text, background].map(String).sort().join() ===
  [palette.foreground, palette.background]
    .map(hex => String(parseHex(hex)))
    .sort()
    .join();

const getPairs = (theme: Theme, palette: TerminalPalette): Pair[] =>
  [theme.sequences, theme.selectedSequences].flatMap((sequences, row) =>
    Object.entries(sequences).flatMap(([tone, sequence]) => {
      const colors = applySequence(sequence, palette);
      assert.ok(!colors.isFaint, `${tone} is faint`);
      const what = `${tone}${row === 1 ? ' (selected)' : ''} in ${palette.name}`;
      return isOwn(colors, palette)
        ? []
        : [{what, contrast: getContrast(colors.text, colors.background), isDim: dimTones.has(tone)}];
    }),
  );

const getBackground = ({background}: TerminalPalette): Background | undefined =>
  parseBackgroundReply(`\x1b]11;${background}\x07`);

const assertLegible = (options: Omit<ThemeOptions, 'isAscii'>, palette: TerminalPalette) => {
  const tooLow = getPairs(createTheme({isAscii: false, ...options}), palette).filter(
    ({contrast, isDim}) => contrast < (isDim ? minDimContrast : minTextContrast),
  );
  assert.deepEqual(tooLow, []);
};

const names = ['auto', 'deuteranopia', 'tritanopia'] as const;

for (const name of names) {
  test.each(terminalPalettes)(
    `${name}: every text is legible in $name, whether or not its background is known`,
    palette => {
      assertLegible({name, colorLevel: 2, background: getBackground(palette)}, palette);
      assertLegible({name, colorLevel: 2, background: undefined}, palette);
    },
  );
}

test.each(terminalPalettes)('with sixteen colors or none, every text is legible in $name', palette => {
  assertLegible({colorLevel: 1}, palette);
  assertLegible({colorLevel: 0}, palette);
});

test('on the Linux console every text is legible', () => {
  const palette = terminalPalettes.find(({name}) => name === 'Linux console')!;
  assertLegible({colorLevel: 1, isLinuxConsole: true}, palette);
});

test('the theme “sixteen” uses no “bright black”, which is the background of Solarized Dark', () => {
  const {sequences, selectedSequences} = createTheme({name: 'sixteen', colorLevel: 3, isAscii: false});
  for (const sequence of [...Object.values(sequences), ...Object.values(selectedSequences)]) {
    assert.doesNotMatch(sequence, /\b90\b/);
  }
});

test('failed steps and the cursor keep a look of their own on the selected row', () => {
  for (const background of ['dark', 'light', undefined] as const) {
    const {selectedSequences} = createTheme({colorLevel: 2, isAscii: false, background});
    assert.notEqual(selectedSequences.bad, selectedSequences.good);
    assert.notEqual(selectedSequences.bad, selectedSequences.plain);
    assert.notEqual(selectedSequences.accent, selectedSequences.plain);
  }
});

test.each([
  ['dark', 'dark'],
  ['light', 'light'],
] as const)('the theme “%s” overrides the background that was found', (name, background) => {
  const other = background === 'dark' ? 'light' : 'dark';
  const isAscii = false;
  assert.deepEqual(
    createTheme({name, colorLevel: 2, isAscii, background: other}).sequences,
    createTheme({name: 'auto', colorLevel: 2, isAscii, background}).sequences,
  );
});

const sixteenIndexes = Array.from({length: 16}, (_, index) => index);

test.each(terminalPalettes)(
  'the sixteen colors of a program’s output, and faint text, are legible in $name',
  palette => {
    const background = getBackground(palette);
    const {getStyleSequence} = createTheme({colorLevel: 3, isAscii: false, background});
    for (const style of [...sixteenIndexes.map(color => ({color})), {isDim: true}, {color: 8, isDim: true}]) {
      const colors = applySequence(getStyleSequence(style), palette);
      assert.ok(!colors.isFaint);
      assert.ok(
        isOwn(colors, palette) || getContrast(colors.text, colors.background) >= minTextContrast,
        JSON.stringify(style),
      );
    }
  },
);

test.each([
  ['a dark color on dark', 17, 'dark'],
  ['a pale color on light', [255, 255, 200] as const, 'light'],
  ['white on an unknown background', 15, undefined],
] as const)('%s in a program’s output becomes the terminal’s own color', (_, color, background) => {
  assert.equal(createTheme({colorLevel: 3, isAscii: false, background}).getStyleSequence({color}), '');
});

test('with sixteen colors, a program’s color that would become black, white or gray becomes the terminal’s own color', () => {
  const {getStyleSequence} = createTheme({colorLevel: 1, isAscii: false});
  assert.deepEqual(
    [[255, 255, 255] as const, [0, 0, 0] as const, 231, 244, 15].map(color => getStyleSequence({color})),
    ['', '', '', '', ''],
  );
  assert.equal(getStyleSequence({color: [255, 0, 0]}), '\x1b[91m');
});

test('a program’s own pair of text and background colors is kept', () => {
  const {getStyleSequence} = createTheme({colorLevel: 2, isAscii: false, background: 'light'});
  assert.equal(getStyleSequence({color: 15, background: 1}), '\x1b[97;41m');
});
