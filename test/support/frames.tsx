import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import type {State} from '../../src/store/state.js';
import {createTheme, type Theme} from '../../src/theme/theme.js';
import {App} from '../../src/view/app.js';
import {isThorough} from './test-mode.js';

export const testTheme = createTheme({colorLevel: 2, isAscii: false, background: 'dark'});
export const asciiTheme = createTheme({colorLevel: 0, isAscii: true});

/** The sizes at which every screen must look good, and the two at which it must not break. */
export const sizes = {
  wide: {columns: 120, rows: 30},
  middle: {columns: 80, rows: 24},
  narrow: {columns: 45, rows: 20},
  tiny: {columns: 20, rows: 5},
  cell: {columns: 1, rows: 1},
} as const;

/** The sizes of journeys: the largest and the smallest, and with `npm run test:all` the one in between. */
export const journeySizes = [
  ['120x30', sizes.wide],
  ...(isThorough ? ([['80x24', sizes.middle]] as const) : []),
  ['45x20', sizes.narrow],
] as const;

export const withSize = (state: State, size: State['size']): State => ({...state, size});

/** The frame with its colors. Times are shown in UTC. */
export const renderRawFrame = (state: State, theme: Theme = testTheme): string =>
  renderToString(<App state={state} theme={theme} getUtcOffset={() => 0} />, {columns: state.size.columns});

/** The lines of the frame as a user sees them. */
export const renderFrameLines = (state: State, theme: Theme = testTheme): readonly string[] =>
  stripVTControlCharacters(renderRawFrame(state, theme)).split('\n');

export const renderFrameText = (state: State, theme: Theme = testTheme): string =>
  renderFrameLines(state, theme).join('\n');
