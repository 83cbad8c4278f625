import type {Tone} from '../format/line.js';
import type {Look} from './look.js';

/** The look of each tone, and what changes on the selected row. */
export type Palette = {
  readonly looks: Readonly<Record<Tone, Look>>;
  /** Applied to the whole selected row. */
  readonly selection: Look;
  /** Replaces the look of a tone that would be hard to read on the selected row. */
  readonly selected: Readonly<Partial<Record<Tone, Look>>>;
  /** Whether the parts of a progress bar differ in color; otherwise they differ in shape. */
  readonly hasColoredBar: boolean;
};

/*
 * Where there are more than sixteen colors, they are taken from indexes 16 to 255, which are the same in all terminals. The first 16
 * belong to the user's color scheme, and in some schemes a few of them are hardly visible: “bright black” is the background of
 * Solarized Dark.
 * test/theme/contrast.test.ts computes the contrast of every tone in well-known schemes.
 */
const [black, ink, snow] = [16, 237, 255];

/** The colors of a palette for one kind of background: what is legible on one cannot be read on the other. */
type Shades = {
  readonly plain: Look;
  /** Explanations, labels, and steps that are waiting. */
  readonly gray: number;
  readonly accent: number;
  readonly link: number;
  readonly good: number;
  readonly reused: number;
  readonly bad: number;
  readonly busy: number;
  readonly highlight: number;
};

const createLooks = ({plain, gray, accent, link, good, reused, bad, busy, highlight}: Shades): Palette['looks'] => ({
  plain,
  dim: {color: gray},
  label: {color: gray},
  strong: {...plain, isBold: true},
  accent: {color: accent},
  link: {color: link},
  brand: {color: accent, isBold: true},
  tab: {color: accent, isBold: true, isUnderlined: true},
  good: {color: good},
  reused: {color: reused},
  bad: {color: bad},
  busy: {color: busy},
  ended: plain,
  waiting: {color: gray},
  warning: {color: busy, isBold: true},
  match: {color: busy, isUnderlined: true},
  currentMatch: {color: black, background: highlight, isBold: true},
});

const darkShades: Shades = {
  plain: {},
  gray: 245,
  accent: 183,
  link: 117,
  good: 114,
  reused: 80,
  bad: 210,
  busy: 221,
  highlight: 221,
};

/** The selected row is only a little brighter than the background, so some colors become brighter on it. */
const selectedDarkShades: Shades = {...darkShades, plain: {color: snow}, gray: 250, bad: 217};

const lightShades: Shades = {
  plain: {color: ink},
  gray: 243,
  accent: 90,
  link: 25,
  good: 22,
  reused: 24,
  bad: 124,
  busy: 94,
  highlight: 221,
};

const selectedLightShades: Shades = {...lightShades, plain: {color: black}, gray: 240, busy: 58};

const createDarkPalette = (shades: Partial<Shades> = {}, selected: Partial<Shades> = shades): Palette => ({
  looks: createLooks({...darkShades, ...shades}),
  selection: {background: 238},
  selected: createLooks({...selectedDarkShades, ...selected}),
  hasColoredBar: true,
});

const createLightPalette = (shades: Partial<Shades> = {}, selected: Partial<Shades> = shades): Palette => ({
  looks: createLooks({...lightShades, ...shades}),
  selection: {background: 253},
  selected: createLooks({...selectedLightShades, ...selected}),
  hasColoredBar: true,
});

/** No colors at all. Nothing is faint, because many terminals blend faint text with the background until it is illegible. */
const mono: Palette = {
  looks: {
    plain: {},
    dim: {},
    label: {},
    strong: {isBold: true},
    accent: {isBold: true},
    link: {isUnderlined: true},
    brand: {isBold: true},
    tab: {isBold: true, isUnderlined: true},
    good: {},
    reused: {},
    bad: {isBold: true},
    busy: {},
    ended: {},
    waiting: {},
    warning: {isBold: true},
    match: {isUnderlined: true},
    currentMatch: {isBold: true, isReversed: true},
  },
  selection: {isReversed: true},
  selected: {currentMatch: {isBold: true, isUnderlined: true}},
  hasColoredBar: false,
};

/**
 * For an unknown background: hardly any color is legible on both black and white, except a medium gray. So text keeps the terminal's
 * own color, explanations are gray, and failures, warnings and the current match have a background of their own.
 */
const createPaletteForUnknownBackground = (alarm: Look): Palette => {
  const own: Partial<Palette['looks']> = {
    bad: {...alarm, isBold: true},
    warning: {color: black, background: 221, isBold: true},
    currentMatch: {color: black, background: 221, isBold: true},
  };
  const gray = {color: 244};
  return {
    looks: {...mono.looks, dim: gray, label: gray, waiting: gray, busy: {isBold: true}, ...own},
    selection: {isReversed: true},
    selected: {...mono.looks, busy: {isBold: true}, ...own},
    hasColoredBar: false,
  };
};

/** The sixteen colors of the user's color scheme. */
const sixteen: Palette = {
  looks: {
    ...mono.looks,
    accent: {color: 5},
    link: {color: 6},
    brand: {color: 5, isBold: true},
    tab: {color: 5, isBold: true, isUnderlined: true},
    good: {color: 2},
    reused: {color: 6},
    bad: {color: 1},
    busy: {color: 3},
    warning: {color: 3, isBold: true},
    match: {color: 3, isUnderlined: true},
    currentMatch: {color: 3, isBold: true, isReversed: true},
  },
  selection: {isReversed: true},
  selected: Object.fromEntries(Object.keys(mono.looks).map(tone => [tone, {}])),
  hasColoredBar: true,
};

/**
 * The Linux console is black, and its normal red and blue are too dark. It draws underlined text in a color of its own instead, so
 * nothing is underlined.
 */
const linuxConsole: Palette = {
  looks: {
    ...mono.looks,
    accent: {color: 13},
    link: {color: 14},
    brand: {color: 13, isBold: true},
    tab: {color: 13, isBold: true, isReversed: true},
    good: {color: 10},
    reused: {color: 14},
    bad: {color: 9},
    busy: {color: 11},
    warning: {color: 11, isBold: true},
    match: {color: 11},
    currentMatch: {color: 11, isBold: true, isReversed: true},
  },
  selection: {isReversed: true},
  selected: Object.fromEntries(Object.keys(mono.looks).map(tone => [tone, {}])),
  hasColoredBar: true,
};

/** The palettes of a theme: for a dark, a light and an unknown background. */
type PaletteSet = {readonly dark: Palette; readonly light: Palette; readonly unknown: Palette};

const standard: PaletteSet = {
  dark: createDarkPalette(),
  light: createLightPalette(),
  unknown: createPaletteForUnknownBackground({color: snow, background: 124}),
};

/** Red and green look alike: success is blue, failure orange. */
const deuteranopia: PaletteSet = {
  dark: createDarkPalette({good: 75, bad: 208, busy: 227}, {good: 117, bad: 215, busy: 227}),
  light: createLightPalette({good: 25, reused: 23, bad: 94, busy: black}, {good: 25, reused: 23, bad: 58, busy: black}),
  unknown: createPaletteForUnknownBackground({color: black, background: 208}),
};

/** Blue and green, and yellow and pink, look alike: success is teal, failure red. */
const tritanopia: PaletteSet = {
  dark: createDarkPalette({good: 43, reused: 252, bad: 209, busy: 183}, {good: 43, reused: 252, bad: 216, busy: 183}),
  light: createLightPalette({good: 23, reused: 240, bad: 124, busy: black}),
  unknown: createPaletteForUnknownBackground({color: snow, background: 124}),
};

/** The palettes for terminals with at least 256 colors, by theme. */
export const paletteSets = {standard, deuteranopia, tritanopia} as const;
/** The palettes that do not depend on the background. */
export const palettes = {mono, sixteen, linuxConsole} as const;
