import type {Mark} from '../../domain/mark.js';
import type {UtcOffset} from '../../format/time.js';
import {getPaneKey, selectLayout} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Layout} from '../../store/ui/layout.js';
import {getPaneContent, type PaneContent} from './pane-content.js';

/** Where the pane is: beside the list, below it, or alone. */
type PanePlace = 'beside' | 'below' | 'alone';

/** The pane as drawn: its content, and which part of it is visible. */
export type DrawnPane = {
  readonly place: PanePlace;
  /** Cells of the content, without margins. */
  readonly width: number;
  readonly height: number;
  /** Lines above the content. */
  readonly chrome: number;
  readonly content: PaneContent;
  readonly top: number;
  /** Visible lines of the content. */
  readonly visible: number;
  /** Index of the mark under the cursor; only in a full-screen pane. */
  readonly cursor: number | undefined;
};

const getPanePlace = ({form, list}: Layout): PanePlace =>
  list === undefined ? 'alone' : form === 'beside' ? 'beside' : 'below';

/** At this height or more there is room for tabs and blank lines. */
const minRoomyHeight = 12;

/** Title, tabs and a blank line; a single line below the list, or if there is little room. */
const getChromeHeight = (place: PanePlace, height: number): number =>
  Math.min(height, place === 'below' ? 1 : height >= minRoomyHeight ? 3 : 1);

/** One cell stays free at the right edge, and one on the left if there is no rule. */
const getMarginCells = (place: PanePlace): number => (place === 'beside' ? 1 : 2);

/**
 * The index of the mark under the cursor: the one that the user moved to, else the first; if it is not visible, the nearest visible
 * one. `undefined` if no mark is visible.
 */
const findCursor = (
  marks: readonly Mark[],
  key: string | undefined,
  top: number,
  visible: number,
): number | undefined => {
  const kept = Math.max(0, key === undefined ? 0 : marks.findIndex(mark => mark.key === key));
  const line = marks[kept]?.line;
  if (line === undefined) {
    return undefined;
  }

  if (line >= top && line < top + visible) {
    return kept;
  }

  const isSeen = (mark: Mark) => mark.line >= top && mark.line < top + visible;
  const nearest = line < top ? marks.findIndex(isSeen) : marks.findLastIndex(isSeen);
  return nearest === -1 ? undefined : nearest;
};

/** Lays out the pane and picks the visible part of its content; `undefined` if no pane is on the screen. */
export const layOutPane = (state: State, getUtcOffset: UtcOffset): DrawnPane | undefined => {
  const layout = selectLayout(state);
  const {openRun} = state;
  if (layout.pane === undefined || openRun === undefined) {
    return undefined;
  }

  const place = getPanePlace(layout);
  const {height} = layout.pane;
  const width = Math.max(1, layout.pane.width - getMarginCells(place));
  const chrome = getChromeHeight(place, height);
  const room = height - chrome;
  const content = getPaneContent(state, openRun, {width, height: room, isDense: room < minRoomyHeight, getUtcOffset});
  // The last line shows how much more there is.
  const visible = Math.max(0, content.height > room ? room - 1 : room);
  const firstTop = Math.max(0, (content.focus ?? 0) - Math.floor(visible / 2));
  const scrolledTop = openRun.pane.topByKey.get(getPaneKey(openRun));
  const wantedTop = scrolledTop === undefined ? firstTop : Math.max(0, scrolledTop + (content.head ?? 0));
  const top = Math.min(wantedTop, Math.max(0, content.height - visible));
  const hasCursor = place === 'alone' && content.window === undefined;
  const cursor = hasCursor
    ? findCursor(content.marks, openRun.pane.cursorByKey.get(getPaneKey(openRun)), top, visible)
    : undefined;
  return {place, width, height, chrome, content, top, visible, cursor};
};
