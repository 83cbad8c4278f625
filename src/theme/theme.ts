import type {StepStatus} from '../domain/status.js';
import type {Tone} from '../format/line.js';
import type {TextStyle} from '../format/text-style.js';
import {type BarPart, coloredBar, colorlessBar, type Glyph, type GlyphName, getStatusGlyph, glyphs} from './glyphs.js';
import {type Background, withLegibleColors} from './legible-style.js';
import {type ColorLevel, encodeLook, type Look} from './look.js';
import {type Palette, paletteSets, palettes} from './palettes.js';
import {encodeStyle} from './style-sequence.js';

/** The sequence before a text of each tone; empty if the text needs none. */
type Sequences = Readonly<Record<Tone, string>>;

/** Glyphs and escape sequences by meaning. */
export type Theme = {
  readonly isAscii: boolean;
  readonly sequences: Sequences;
  /** The sequences for texts on the selected row. */
  readonly selectedSequences: Sequences;
  readonly glyph: Readonly<Record<GlyphName, string>>;
  readonly bar: Readonly<Record<BarPart, string>>;
  readonly pickStatusGlyph: (status: StepStatus) => string;
  /** The sequence before a text whose style comes from a program's output, limited to the available colors. */
  readonly getStyleSequence: (style: TextStyle) => string;
};

type ThemeName = 'auto' | 'dark' | 'light' | 'sixteen' | 'mono' | 'deuteranopia' | 'tritanopia';

export type ThemeOptions = {
  readonly colorLevel: ColorLevel;
  readonly isAscii: boolean;
  /** Default: `auto`, which matches the terminal. */
  readonly name?: ThemeName | undefined;
  /** The terminal's background, if it is known. */
  readonly background?: Background | undefined;
  readonly isLinuxConsole?: boolean;
};

const pickPalette = ({colorLevel, name = 'auto', background, isLinuxConsole}: ThemeOptions): Palette => {
  if (colorLevel === 0 || name === 'mono') {
    return palettes.mono;
  }

  if (name === 'sixteen') {
    return palettes.sixteen;
  }

  // With only sixteen colors, none of them is certain to be legible.
  if (colorLevel === 1) {
    return isLinuxConsole ? palettes.linuxConsole : palettes.mono;
  }

  const set = paletteSets[name === 'deuteranopia' || name === 'tritanopia' ? name : 'standard'];
  return set[background ?? 'unknown'];
};

/** Creates the theme with this name for a terminal. `dark` and `light` override the background that was found. */
export const createTheme = (options: ThemeOptions): Theme => {
  const {colorLevel, isAscii, name} = options;
  const background = name === 'dark' || name === 'light' ? name : options.background;
  const palette = pickPalette({...options, background});
  const pickText = (one: Glyph): string => (isAscii ? one.ascii : one.text);
  return {
    isAscii,
    sequences: mapRecord(palette.looks, (_, look) => encodeLook(look)),
    selectedSequences: mapRecord(palette.looks, (tone, look) => encodeLook(getSelectedLook(palette, tone, look))),
    glyph: mapRecord(glyphs, (_, one) => pickText(one)),
    bar: mapRecord(palette.hasColoredBar ? coloredBar : colorlessBar, (_, one) => pickText(one)),
    pickStatusGlyph: status => pickText(getStatusGlyph(status)),
    getStyleSequence: style =>
      encodeStyle(name === 'sixteen' ? style : withLegibleColors(style, {background, colorLevel}), colorLevel),
  };
};

/** A look with a background of its own keeps it. */
const getSelectedLook = ({selection, selected}: Palette, tone: Tone, look: Look): Look => {
  const selectedLook = selected[tone] ?? look;
  return selectedLook.background === undefined ? {...selectedLook, ...selection} : selectedLook;
};

const mapRecord = <K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (key: K, value: V) => W,
): Record<K, W> =>
  Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(key as K, value)])) as Record<K, W>;
