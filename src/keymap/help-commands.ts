import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

/** Never past the last line: the state keeps no more than where the top is. */
const scrollHelp = (state: State, by: number, frame: ScreenFrame): CommandOutcome => {
  const top = state.screen.name === 'help' ? state.screen.top : 0;
  const lastTop = Math.max(0, frame.helpLineCount - frame.helpHeight);
  const next = Math.min(lastTop, Math.max(0, top + by));
  return {action: {type: 'help/scrolled', by: next - top}};
};

const explainNoHelpScroll = (_: State, frame: ScreenFrame): string | undefined =>
  frame.helpLineCount > frame.helpHeight ? undefined : 'all of it is on the screen';

/** Reading help. */
export const helpCommands: readonly Command[] = [
  {
    id: 'help.scrollDown',
    keys: ['j', 'down'],
    title: 'scroll down',
    short: 'scroll',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, 1, frame),
  },
  {
    id: 'help.scrollUp',
    keys: ['k', 'up'],
    title: 'scroll up',
    short: 'scroll',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, -1, frame),
  },
  {
    id: 'help.pageDown',
    keys: ['pagedown', 'space', 'ctrl+d', 'ctrl+f'],
    title: 'a page down',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, frame.helpHeight, frame),
  },
  {
    id: 'help.pageUp',
    keys: ['pageup', 'ctrl+u', 'ctrl+b'],
    title: 'a page up',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, -frame.helpHeight, frame),
  },
  {
    id: 'help.top',
    keys: ['home'],
    title: 'to the top',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, -frame.helpLineCount, frame),
  },
  {
    id: 'help.bottom',
    keys: ['G', 'end'],
    title: 'to the end',
    on: ['help'],
    whyNot: explainNoHelpScroll,
    act: (state, frame) => scrollHelp(state, frame.helpLineCount, frame),
  },
  {
    id: 'help.close',
    keys: ['escape', '?', 'q', 'return'],
    title: 'back to where help was called',
    short: 'back',
    on: ['help'],
    act: () => ({action: {type: 'help/toggled'}}),
  },
];
