/** The visible part of a list: index of the first row, and how many. */
export type VisibleRange = {readonly top: number; readonly count: number};

/**
 * The window of `height` lines over `count` rows that shows the row at `selected` and moves as little as possible
 * from `top`. It keeps one row of context above and below the selection if there is room.
 */
export const getVisibleRange = (
  selected: number | undefined,
  top: number,
  count: number,
  height: number,
): VisibleRange => {
  const lastTop = Math.max(0, count - height);
  const context = height >= 5 ? 1 : 0;
  const wantedTop =
    selected === undefined
      ? top
      : Math.min(Math.max(top, selected - height + 1 + context), Math.max(0, selected - context));
  const newTop = Math.min(lastTop, Math.max(0, wantedTop));
  return {top: newTop, count: Math.min(count - newTop, Math.max(0, height))};
};
