import type {TextColor, TextStyle} from '../format/text-style.js';
import {cubeSteps, findRgb, type Rgb} from './color.js';
import {type ColorLevel, encodeLook} from './look.js';

/** The sequence (SGR) for a style, limited to the available colors; empty if nothing remains of the style. */
export const encodeStyle = (style: TextStyle, level: ColorLevel): string => {
  const {isBold = false, isDim = false, isUnderlined = false, isReversed = false, isItalic = false} = style;
  const color = limitColor(style.color, level);
  const background = limitColor(style.background, level);
  // Text in the color of its background would be hidden.
  const isHidden = color !== undefined && String(color) === String(background);
  const codes = [
    isItalic ? '3' : '',
    encodeTextColor(color, 30, '38'),
    isHidden ? '' : encodeTextColor(background, 40, '48'),
  ].filter(code => code !== '');
  return encodeLook({isBold, isDim, isUnderlined, isReversed}) + (codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`);
};

const encodeTextColor = (color: TextColor | undefined, base: number, extended: string): string => {
  if (color === undefined) {
    return '';
  }

  if (typeof color !== 'number') {
    return `${extended};2;${color.join(';')}`;
  }

  return color < 8 ? `${base + color}` : color < 16 ? `${base + 52 + color}` : `${extended};5;${color}`;
};

/** The most similar color among those available; `undefined` if there are none. */
export const limitColor = (color: TextColor | undefined, level: ColorLevel): TextColor | undefined => {
  if (color === undefined || level === 0) {
    return undefined;
  }

  if (level === 1) {
    return typeof color === 'number' && color < 16 ? color : findNearestOfSixteen(findRgb(color) ?? [0, 0, 0]);
  }

  return level === 2 && typeof color !== 'number' ? findNearestCubeColor(color) : color;
};

const findNearestStep = (part: number): number =>
  cubeSteps.reduce<number>(
    (best, step, index) => (Math.abs(step - part) < Math.abs((cubeSteps[best] ?? 0) - part) ? index : best),
    0,
  );

const findNearestCubeColor = ([red, green, blue]: Rgb): number =>
  16 + 36 * findNearestStep(red) + 6 * findNearestStep(green) + findNearestStep(blue);

/**
 * Compares hues, because terminals define the exact shades of the sixteen colors differently. A hue consists of the channels that
 * are at least 60% as strong as the strongest one.
 */
const findNearestOfSixteen = ([red, green, blue]: Rgb): number => {
  const strongest = Math.max(red, green, blue);
  if (strongest < 64) {
    return 0;
  }

  const getBit = (part: number): number => (part >= strongest * 0.6 ? 1 : 0);
  const hue = getBit(red) + 2 * getBit(green) + 4 * getBit(blue);
  if (hue === 7) {
    return strongest > 220 ? 15 : strongest > 130 ? 7 : 8;
  }

  return strongest > 200 ? hue + 8 : hue;
};
