import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import type {State} from '../../src/store/state.js';
import type {Theme} from '../../src/theme/theme.js';
import {App} from '../../src/view/app.js';
import {testTheme} from './frames.js';

/**
 * The frame of the whole app with its colors, times in UTC. The screen is laid out by the size in the state, so it does not
 * matter that the terminal of ink-testing-library always has 100 columns.
 */
export const renderFrame = (state: State, theme: Theme = testTheme): string => {
  const {lastFrame, unmount} = render(<App state={state} theme={theme} getUtcOffset={() => 0} />);
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
};

/** The same without colors, line by line. */
export const renderLines = (state: State, theme: Theme = testTheme): readonly string[] =>
  stripVTControlCharacters(renderFrame(state, theme)).split('\n');

export const renderText = (state: State, theme: Theme = testTheme): string => renderLines(state, theme).join('\n');
