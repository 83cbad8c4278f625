import type {TextColor, TextStyle} from '../format/text-style.js';
import {findRgb, getContrast, type Rgb} from './color.js';
import type {ColorLevel} from './look.js';
import {limitColor} from './style-sequence.js';

export type Background = 'dark' | 'light';

/** The least suitable background of each kind among well-known color schemes: Tango Dark and Tango Light. */
const hardestBackground: Readonly<Record<Background, Rgb>> = {dark: [0x2e, 0x34, 0x36], light: [0xee, 0xee, 0xec]};
const minContrast = 4.5;

/**
 * Replacements for the sixteen colors of a program's output that are legible in every color scheme; `undefined` stands for the
 * terminal's own text color.
 */
const sixteenByBackground: Readonly<Record<Background, readonly (number | undefined)[]>> = {
  dark: [undefined, 210, 114, 221, 75, 183, 80, undefined, 247, 217, 120, 228, 117, 219, 87, undefined],
  light: [undefined, 124, 22, 94, 25, 90, 23, undefined, 242, 124, 22, 94, 25, 90, 23, undefined],
};

/**
 * Black, white and the grays of the sixteen colors, which may be nearly the color of the background. They are omitted if the
 * background is unknown or there are only sixteen colors.
 */
const extremes: ReadonlySet<TextColor> = new Set([0, 7, 8, 15]);

/** The gray of faint text, and one that can be read on both black and white. */
const grayByBackground: Readonly<Record<Background, number>> = {dark: 247, light: 242};
const grayForAnyBackground = 244;

type Conditions = {readonly background: Background | undefined; readonly colorLevel: ColorLevel};

/** Replaces illegible colors of a program's output. A style that sets a background or is reversed stays as it is. */
export const withLegibleColors = (style: TextStyle, {background, colorLevel}: Conditions): TextStyle => {
  if (style.background !== undefined || style.isReversed === true) {
    return style;
  }

  if (colorLevel < 2) {
    return {...style, isDim: false, color: omitExtreme(limitColor(style.color, colorLevel))};
  }

  const color = style.color === undefined ? undefined : findLegibleColor(style.color, background);
  // Faint text is blended with the background, in some terminals until it is illegible.
  const isFaint = style.isDim === true && color === undefined;
  const gray = background === undefined ? grayForAnyBackground : grayByBackground[background];
  return {...style, isDim: false, color: isFaint ? gray : color};
};

const omitExtreme = (color: TextColor | undefined): TextColor | undefined =>
  color === undefined || extremes.has(color) ? undefined : color;

const findLegibleColor = (color: TextColor, background: Background | undefined): TextColor | undefined => {
  if (background === undefined) {
    return omitExtreme(color);
  }

  const rgb = findRgb(color);
  if (rgb === undefined) {
    return sixteenByBackground[background][Number(color)];
  }

  return getContrast(rgb, hardestBackground[background]) < minContrast ? undefined : color;
};
