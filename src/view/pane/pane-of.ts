import type {Line} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import type {Layout} from '../../store/layout.js';
import {layoutOf, paneKey} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {paneContent} from './pane-content.js';

/** The pane as it is to be drawn: what it holds, and which part of that is seen. */
export type DrawnPane = {
  readonly layout: Layout;
  readonly width: number;
  readonly height: number;
  readonly chrome: number;
  readonly content: readonly Line[];
  readonly top: number;
  /** Lines of the content that are seen. */
  readonly visible: number;
};

/** Lines above the content: title, tabs and a line of air; in little room the title alone. */
const chromeOf = ({form}: Layout, height: number): number => (form === 'beside' || height >= 10 ? 3 : 1);

/** `undefined` where there is no pane on the screen. */
export const paneOf = (state: State, utcOffset: UtcOffset): DrawnPane | undefined => {
  const layout = layoutOf(state);
  const {watch} = state;
  if (layout.pane === undefined || watch === undefined) {
    return undefined;
  }

  const {height} = layout.pane;
  const width = contentWidth(layout.pane.width, layout.form === 'beside' && layout.list !== undefined);
  const chrome = Math.min(
    height,
    layout.form === 'stacked' && layout.list !== undefined ? 1 : chromeOf(layout, height),
  );
  const content = paneContent(state, watch, width, utcOffset);
  const room = height - chrome;
  // The last line says how much more there is.
  const visible = Math.max(0, content.length > room ? room - 1 : room);
  const top = Math.min(watch.pane.topByKey.get(paneKey(watch)) ?? 0, Math.max(0, content.length - visible));
  return {layout, width, height, chrome, content, top, visible};
};

/** One cell stays free at the right edge; the rule beside the list is margin enough at the left. */
const contentWidth = (columns: number, isBesideList: boolean): number => Math.max(1, columns - (isBesideList ? 1 : 2));
