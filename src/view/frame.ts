import {createSegment, type Line} from '../format/line.js';
import type {UtcOffset} from '../format/time.js';
import type {ScreenFrame} from '../keymap/frame.js';
import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import {createTheme} from '../theme/theme.js';
import {layOutComparing} from './comparing/comparing-frame.js';
import {buildComparingText} from './comparing/comparing-text.js';
import {renderHelp} from './help-lines.js';
import {layOutPane} from './pane/pane-layout.js';
import {renderWholeValue} from './value-lines.js';

/** How many lines help reserves for title and footer, like the other screens of text and menus. */
export const getTextChromeHeight = (rows: number): number => (rows >= 8 ? 3 : rows >= 3 ? 2 : 0);

/** Cells of a screen line: one stays free at the right edge if the screen has more than one. */
export const getLineWidth = (columns: number): number => Math.max(1, columns - 1);

/** Cells of a screen line without its left margin and the free cell at the right edge. */
export const getInnerWidth = (columns: number): number => Math.max(0, columns - 2);

/** A line with its left margin. */
export const withMargin = (line: Line): Line => [createSegment(' '), ...line];

/** What keys need to know about the screen. Each part is laid out when it is first read: most commands need none. */
export const createFrame = (state: State, getUtcOffset: UtcOffset): ScreenFrame => {
  const {columns, rows} = state.size;
  const getPane = computeOnce(() =>
    getBaseScreen(state.screen).name === 'run' ? layOutPane(state, getUtcOffset) : undefined,
  );
  const countTextLines = computeOnce(() => {
    const {screen} = state;
    return screen.name === 'help'
      ? renderHelp(getInnerWidth(columns), state).length
      : screen.name === 'value'
        ? renderWholeValue(screen.text, getInnerWidth(columns)).length
        : 0;
  });
  const getComparing = computeOnce(() => buildComparingFrame(state));
  return {
    get paneLineCount() {
      return getPane()?.content.height ?? 0;
    },
    get paneTop() {
      return getPane()?.top ?? 0;
    },
    get paneHead() {
      return getPane()?.content.head;
    },
    get paneHeight() {
      const pane = getPane();
      return pane?.content.window?.rows.length ?? pane?.visible ?? 0;
    },
    get marks() {
      const pane = getPane();
      return pane?.place === 'alone' ? pane.content.marks : [];
    },
    get cursor() {
      const pane = getPane();
      return pane?.content.window === undefined ? pane?.cursor : 0;
    },
    get log() {
      return getPane()?.content.window;
    },
    get textLineCount() {
      return countTextLines();
    },
    textHeight: Math.max(0, rows - getTextChromeHeight(rows)),
    get comparing() {
      return getComparing();
    },
  };
};

/** Calls `compute` only the first time, and keeps the result. */
const computeOnce = <Result>(compute: () => Result): (() => Result) => {
  let kept: {readonly result: Result} | undefined;
  return () => {
    kept ??= {result: compute()};
    return kept.result;
  };
};

/** The number of lines does not depend on the theme. */
const plainTheme = createTheme({colorLevel: 0, isAscii: true});

const buildComparingFrame = (state: State): ScreenFrame['comparing'] => {
  const {screen, size} = state;
  if (screen.name !== 'comparing') {
    return undefined;
  }

  const {runIds, left, areGroupsOpen} = screen;
  const width = getInnerWidth(size.columns);
  const text = buildComparingText({state, runIds, left, areGroupsOpen, width, theme: plainTheme});
  const {lineCount, height} = layOutComparing(size, text.head.length, text.entries.length);
  return {lineCount, height, runCount: text.runs};
};
