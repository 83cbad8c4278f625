import {layoutOf} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Outcome} from './command.js';
import type {Frame} from './frame.js';

/** The state clamps by the height of the whole pane, its title lines included, so these are counted as lines too. */
export const scrolled = (by: number, state: State, frame: Frame): Outcome => {
  const chrome = (layoutOf(state).pane?.height ?? frame.paneHeight) - frame.paneHeight;
  return {action: {type: 'pane/scrolled', by, lineCount: frame.paneLineCount + chrome}};
};

export const nothingToScroll = (state: State, frame: Frame): string | undefined => {
  if (layoutOf(state).pane === undefined) {
    return 'enter opens the details';
  }

  return frame.paneLineCount > frame.paneHeight ? undefined : 'all of it is on the screen';
};
