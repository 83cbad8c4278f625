import type {UtcOffset} from '../format/time.js';
import type {Frame} from '../keymap/frame.js';
import {screenBelow} from '../store/screen.js';
import type {State} from '../store/state.js';
import {themeFor} from '../theme/theme.js';
import {comparingFrame} from './comparing/comparing-frame.js';
import {comparingText} from './comparing/comparing-text.js';
import {helpLines} from './help-lines.js';
import {paneOf} from './pane/pane-of.js';

/** Lines that a screen of help keeps for its title and its footer. */
export const helpChrome = (rows: number): number => (rows >= 8 ? 3 : rows >= 3 ? 2 : 0);

/** One cell stays free at the right edge of the screen, as far as there is more than one. */
export const lineWidth = (columns: number): number => Math.max(1, columns - 1);

/** Cells of a line of the screen without its margin and the free cell at its right edge. */
export const innerWidth = (columns: number): number => Math.max(0, columns - 2);

/** What keys need to know of what is drawn. */
export const frameOf = (state: State, utcOffset: UtcOffset): Frame => {
  const {columns, rows} = state.size;
  const pane = screenBelow(state.screen).name === 'run' ? paneOf(state, utcOffset) : undefined;
  return {
    paneLineCount: pane?.content.height ?? 0,
    paneTop: pane?.top ?? 0,
    paneHeight: pane?.content.window?.rows.length ?? pane?.visible ?? 0,
    marks: pane?.place === 'alone' ? pane.content.marks : [],
    cursor: pane?.content.window === undefined ? pane?.cursor : 0,
    log: pane?.content.window,
    helpLineCount: state.screen.name === 'help' ? helpLines(innerWidth(columns), state).length : 0,
    helpHeight: Math.max(0, rows - helpChrome(rows)),
    comparing: comparingOf(state),
  };
};

/** How many lines there are does not hang on how they look. */
const plainTheme = themeFor({colourLevel: 0, isAscii: true});

const comparingOf = (state: State): Frame['comparing'] => {
  const {screen, size} = state;
  if (screen.name !== 'comparing') {
    return undefined;
  }

  const {runIds, left} = screen;
  const text = comparingText({state, runIds, left, width: innerWidth(size.columns), theme: plainTheme});
  const {lineCount, height} = comparingFrame(size, text.head.length, text.entries.length);
  return {lineCount, height, runs: text.runs};
};
