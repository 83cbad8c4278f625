import type {StepStatus} from '../domain/status.js';
import type {Tone} from '../format/line.js';
import type {TextStyle} from '../format/text-style.js';
import {
  type BarPart,
  colouredBar,
  colourlessBar,
  type Glyph,
  type GlyphName,
  getStatusGlyph,
  glyphs,
} from './glyphs.js';
import {type ColourLevel, encodeLook, type Look} from './look.js';
import {type Palette, type PaletteName, palettes} from './palettes.js';
import {encodeStyle} from './style-sequence.js';

/** The sequence to put before a text of each meaning; empty where it looks like any other text. */
type Sequences = Readonly<Record<Tone, string>>;

/** Everything drawing needs to know about looks. */
export type Theme = {
  readonly isAscii: boolean;
  readonly sequences: Sequences;
  /** The same on the selected row. */
  readonly selectedSequences: Sequences;
  readonly glyph: Readonly<Record<GlyphName, string>>;
  readonly bar: Readonly<Record<BarPart, string>>;
  readonly statusGlyph: (status: StepStatus) => string;
  /** The sequence to put before a text that came with a style of its own; in the colours there are. */
  readonly styleSequence: (style: TextStyle) => string;
};

export type ThemeOptions = {
  readonly colourLevel: ColourLevel;
  readonly isAscii: boolean;
  /** A palette by name; none: the one that suits the terminal. */
  readonly palette?: PaletteName | undefined;
};

/** With fewer colours than a palette needs, the one that suits the terminal. */
const pickPalette = (colourLevel: ColourLevel, wanted: PaletteName | undefined): Palette => {
  if (colourLevel === 0 || wanted === 'mono') {
    return palettes.mono;
  }

  return colourLevel === 1 ? palettes.sixteen : palettes[wanted ?? 'standard'];
};

export const createTheme = ({colourLevel, isAscii, palette: wanted}: ThemeOptions): Theme => {
  const palette = pickPalette(colourLevel, wanted);
  const chosen = (one: Glyph): string => (isAscii ? one.ascii : one.text);
  return {
    isAscii,
    sequences: mapRecord(palette.looks, (_, look) => encodeLook(look)),
    selectedSequences: mapRecord(palette.looks, (meaning, look) => encodeLook(getSelectedLook(palette, meaning, look))),
    glyph: mapRecord(glyphs, (_, one) => chosen(one)),
    bar: mapRecord(palette === palettes.mono ? colourlessBar : colouredBar, (_, one) => chosen(one)),
    statusGlyph: status => chosen(getStatusGlyph(status)),
    styleSequence: style => encodeStyle(style, colourLevel),
  };
};

const getSelectedLook = ({selection, selected}: Palette, meaning: Tone, look: Look): Look => ({
  ...(selected[meaning] ?? look),
  ...selection,
});

const mapRecord = <K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (key: K, value: V) => W,
): Record<K, W> =>
  // The keys of a record over K are K.
  Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(key as K, value)])) as Record<K, W>;
