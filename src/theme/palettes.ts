import type {Tone} from '../format/line.js';
import type {Look} from './look.js';

/** The look of each tone, and what changes on the selected row. */
export type Palette = {
  readonly looks: Readonly<Record<Tone, Look>>;
  /** Laid under the whole selected row. */
  readonly selection: Look;
  /** Replaces the look of a tone that could not be read on that background. */
  readonly selected: Readonly<Partial<Record<Tone, Look>>>;
};

const [red, green, yellow, magenta, cyan, grey] = [1, 2, 3, 5, 6, 8];

/** Not of the sixteen: what the selection is drawn with must fit together whatever the terminal's colours are. */
const [dusk, mist, snow] = [236, 248, 255];

const phaseLooks = {
  good: {color: green},
  reused: {color: cyan},
  bad: {color: red},
  busy: {color: yellow},
  ended: {},
  waiting: {color: grey},
  warning: {color: yellow, isBold: true},
};

/** The terminal's own sixteen colours, one accent, and one background. */
const standard: Palette = {
  looks: {
    plain: {},
    dim: {color: grey},
    label: {color: grey},
    strong: {isBold: true},
    accent: {color: magenta},
    link: {color: cyan},
    brand: {color: magenta, isBold: true},
    tab: {color: magenta, isBold: true, isUnderlined: true},
    found: {color: yellow, isUnderlined: true},
    foundHere: {color: yellow, isBold: true, isReversed: true},
    ...phaseLooks,
  },
  selection: {background: dusk},
  selected: {
    plain: {color: snow},
    strong: {color: snow, isBold: true},
    ended: {color: snow},
    dim: {color: mist},
    label: {color: mist},
    waiting: {color: mist},
  },
};

/** Where only the sixteen are there, no background is sure to fit: the row is reversed, its glyphs and words tell the rest. */
const sixteen: Palette = {
  looks: standard.looks,
  selection: {isReversed: true},
  selected: Object.fromEntries(Object.keys(standard.looks).map(meaning => [meaning, {}])),
};

/** Red and green look alike: what went well is blue, what failed orange (colours of the palette by Okabe and Ito). */
const deuteranopia: Palette = {
  ...standard,
  looks: {
    ...standard.looks,
    good: {color: 39},
    reused: {color: 80},
    bad: {color: 208, isBold: true},
    busy: {color: 227},
    warning: {color: 208, isBold: true},
  },
};

/** Blue and green, and yellow and pink, look alike: what goes well is green-blue, what failed red, what goes on pink. */
const tritanopia: Palette = {
  ...standard,
  looks: {
    ...standard.looks,
    good: {color: 37},
    reused: {color: 252},
    bad: {color: 196, isBold: true},
    busy: {color: 212},
    warning: {color: 196, isBold: true},
  },
};

/** No colour at all. */
const mono: Palette = {
  looks: {
    plain: {},
    dim: {isDim: true},
    label: {isDim: true},
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
    waiting: {isDim: true},
    warning: {isBold: true},
    found: {isUnderlined: true},
    foundHere: {isReversed: true},
  },
  selection: {isReversed: true},
  selected: {dim: {}, label: {}, waiting: {}},
};

export const palettes = {standard, sixteen, mono, deuteranopia, tritanopia} as const;
export type PaletteName = keyof typeof palettes;
