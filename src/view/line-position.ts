import {formatCount} from '../format/number.js';

/** Which lines of a scrolled text are visible: `1–24 of 1,040`. `top` is the index of the first one. */
export const formatLinePosition = (top: number, visibleCount: number, lineCount: number): string =>
  `${formatCount(top + 1)}–${formatCount(top + visibleCount)} of ${formatCount(lineCount)}`;
