import {selectLayout} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

/**
 * Scrolls the pane or the log in it. The reducer compares with the height of the whole pane, so the pane's title lines are counted
 * too.
 */
export const scrollPane = (by: number, state: State, frame: ScreenFrame): CommandOutcome => {
  if (frame.log !== undefined) {
    return {action: {type: 'log/moved', to: frame.log.moveBy(by)}};
  }

  const chrome = (selectLayout(state).pane?.height ?? frame.paneHeight) - frame.paneHeight;
  const {paneLineCount, paneTop: from, paneHead: head} = frame;
  const lineCount = paneLineCount + chrome;
  return {action: {type: 'pane/scrolled', by, lineCount, from, ...(head === undefined ? {} : {head})}};
};

const allVisibleText = 'everything is already visible';
export const detailsHiddenText = 'enter opens the details';

export const explainNoScroll = (state: State, frame: ScreenFrame): string | undefined => {
  if (selectLayout(state).pane === undefined) {
    return detailsHiddenText;
  }

  if (frame.log !== undefined) {
    return frame.log.isAtStart && frame.log.isAtEnd ? allVisibleText : undefined;
  }

  return frame.paneLineCount > frame.paneHeight ? undefined : allVisibleText;
};
