/**
 * By how many lines to change `top`, the stored first line of a text, so that the text scrolls by `by` lines but not beyond its
 * ends. If the screen has become larger or the text shorter since, `top` is below the first line that is visible: the text scrolls
 * from the visible one.
 */
export const clampScroll = (top: number, by: number, lineCount: number, height: number): number => {
  const lastTop = Math.max(0, lineCount - height);
  const visibleTop = Math.min(top, lastTop);
  return Math.min(lastTop, Math.max(0, visibleTop + by)) - top;
};
