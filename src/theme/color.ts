import type {TextColor} from '../format/text-style.js';

/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Values of each channel in the 6×6×6 cube that occupies indexes 16 to 231 of the 256-color palette (xterm). */
export const cubeSteps = [0, 95, 135, 175, 215, 255] as const;

/** Returns the RGB value of a color; `undefined` for the first 16 indexes, which every terminal defines for itself. */
export const findRgb = (color: TextColor): Rgb | undefined => {
  if (typeof color !== 'number') {
    return color;
  }

  if (color < 16) {
    return undefined;
  }

  // The 24 grays follow the cube.
  const gray = 8 + 10 * (color - 232);
  const getChannel = (divisor: number) => cubeSteps[Math.floor((color - 16) / divisor) % 6] ?? 0;
  return color >= 232 ? [gray, gray, gray] : [getChannel(36), getChannel(6), getChannel(1)];
};

/** Relative luminance as WCAG 2 defines it: 0 for black, 1 for white. */
const getLuminance = ([red, green, blue]: Rgb): number => {
  const linearize = (channel: number): number => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linearize(red) + 0.7152 * linearize(green) + 0.0722 * linearize(blue);
};

/** Contrast ratio as WCAG 2 defines it, from 1 to 21. */
export const getContrast = (one: Rgb, other: Rgb): number => {
  const [a, b] = [getLuminance(one), getLuminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
