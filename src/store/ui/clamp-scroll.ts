/**
 * By how many lines a text scrolls that is to be scrolled by `by` and stops at its ends. `top` may be further down than its last
 * part, if the screen has become larger or the text shorter since: then the text scrolls from its last part, which is what is visible.
 */
export const clampScroll = (top: number, by: number, lineCount: number, height: number): number => {
  const lastTop = Math.max(0, lineCount - height);
  const visibleTop = Math.min(top, lastTop);
  return Math.min(lastTop, Math.max(0, visibleTop + by)) - top;
};
