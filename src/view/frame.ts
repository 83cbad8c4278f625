import type {UtcOffset} from '../format/time.js';
import type {ScreenFrame} from '../keymap/frame.js';
import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import {createTheme} from '../theme/theme.js';
import {layOutComparing} from './comparing/comparing-frame.js';
import {buildComparingText} from './comparing/comparing-text.js';
import {renderHelp} from './help-lines.js';
import {layOutPane} from './pane/pane-layout.js';

/** Lines that a screen of help keeps for its title and its footer. */
export const getHelpChromeHeight = (rows: number): number => (rows >= 8 ? 3 : rows >= 3 ? 2 : 0);

/** One cell stays free at the right edge of the screen, as far as there is more than one. */
export const getLineWidth = (columns: number): number => Math.max(1, columns - 1);

/** Cells of a line of the screen without its margin and the free cell at its right edge. */
export const getInnerWidth = (columns: number): number => Math.max(0, columns - 2);

/** What keys need to know of what is drawn. */
export const buildFrame = (state: State, utcOffset: UtcOffset): ScreenFrame => {
  const {columns, rows} = state.size;
  const pane = getBaseScreen(state.screen).name === 'run' ? layOutPane(state, utcOffset) : undefined;
  return {
    paneLineCount: pane?.content.height ?? 0,
    paneTop: pane?.top ?? 0,
    paneHeight: pane?.content.window?.rows.length ?? pane?.visible ?? 0,
    marks: pane?.place === 'alone' ? pane.content.marks : [],
    cursor: pane?.content.window === undefined ? pane?.cursor : 0,
    log: pane?.content.window,
    helpLineCount: state.screen.name === 'help' ? renderHelp(getInnerWidth(columns), state).length : 0,
    helpHeight: Math.max(0, rows - getHelpChromeHeight(rows)),
    comparing: buildComparingFrame(state),
  };
};

/** How many lines there are does not hang on how they look. */
const plainTheme = createTheme({colourLevel: 0, isAscii: true});

const buildComparingFrame = (state: State): ScreenFrame['comparing'] => {
  const {screen, size} = state;
  if (screen.name !== 'comparing') {
    return undefined;
  }

  const {runIds, left} = screen;
  const text = buildComparingText({state, runIds, left, width: getInnerWidth(size.columns), theme: plainTheme});
  const {lineCount, height} = layOutComparing(size, text.head.length, text.entries.length);
  return {lineCount, height, runs: text.runs};
};
