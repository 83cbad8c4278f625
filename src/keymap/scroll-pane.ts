import {layoutOf} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Outcome} from './command.js';
import type {Frame} from './frame.js';

/** The state clamps by the height of the whole pane, its title lines included, so these are counted as lines too. */
export const scrolled = (by: number, state: State, frame: Frame): Outcome => {
  if (frame.log !== undefined) {
    return {action: {type: 'log/moved', to: frame.log.movedBy(by)}};
  }

  const chrome = (layoutOf(state).pane?.height ?? frame.paneHeight) - frame.paneHeight;
  return {action: {type: 'pane/scrolled', by, lineCount: frame.paneLineCount + chrome, from: frame.paneTop}};
};

const allIsSeen = 'all of it is on the screen';

export const nothingToScroll = (state: State, frame: Frame): string | undefined => {
  if (layoutOf(state).pane === undefined) {
    return 'enter opens the details';
  }

  if (frame.log !== undefined) {
    return frame.log.isAtStart && frame.log.isAtEnd ? allIsSeen : undefined;
  }

  return frame.paneLineCount > frame.paneHeight ? undefined : allIsSeen;
};
