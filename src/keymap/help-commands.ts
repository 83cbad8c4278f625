import type {State} from '../store/state.js';
import {clampScroll} from '../store/ui/clamp-scroll.js';
import type {Command, CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

/** Scrolls help or a whole value. Clamped here because the state only stores the top line, not how many lines there are. */
export const scrollText = ({screen}: State, by: number, {textLineCount, textHeight}: ScreenFrame): CommandOutcome => {
  const top = screen.name === 'help' || screen.name === 'value' ? screen.top : 0;
  return {action: {type: 'text/scrolled', by: clampScroll(top, by, textLineCount, textHeight)}};
};

const explainNoTextScroll = (_: State, frame: ScreenFrame): string | undefined =>
  frame.textLineCount > frame.textHeight ? undefined : 'everything is already visible';

/** Commands of help and of a whole value. */
export const helpCommands: readonly Command[] = [
  {
    id: 'help.scrollDown',
    keys: ['j', 'down'],
    title: 'scroll down',
    short: 'scroll',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, 1, frame),
  },
  {
    id: 'help.scrollUp',
    keys: ['k', 'up'],
    title: 'scroll up',
    short: 'scroll',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, -1, frame),
  },
  {
    id: 'help.pageDown',
    keys: ['pagedown', 'space', 'ctrl-d', 'ctrl-f'],
    title: 'scroll down a page',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, frame.textHeight, frame),
  },
  {
    id: 'help.pageUp',
    keys: ['pageup', 'ctrl-u', 'ctrl-b'],
    title: 'scroll up a page',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, -frame.textHeight, frame),
  },
  {
    id: 'help.top',
    keys: ['g', 'home'],
    title: 'go to the top',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, -frame.textLineCount, frame),
  },
  {
    id: 'help.bottom',
    keys: ['G', 'end'],
    title: 'go to the end',
    on: ['help', 'value'],
    whyNot: explainNoTextScroll,
    act: (state, frame) => scrollText(state, frame.textLineCount, frame),
  },
  {
    id: 'help.close',
    keys: ['escape', '?', 'q', 'return'],
    title: 'close help',
    short: 'back',
    on: ['help'],
    act: () => ({action: {type: 'help/toggled'}}),
  },
  {
    id: 'value.copy',
    keys: ['y'],
    title: 'copy the value',
    short: 'copy',
    on: ['value'],
    act: ({screen}) => ({
      effect: screen.name === 'value' ? {type: 'copy', text: screen.text, what: screen.title} : {type: 'redraw'},
    }),
  },
  {
    id: 'value.close',
    keys: ['escape', 'q', 'return'],
    title: 'close the value',
    short: 'back',
    on: ['value'],
    act: () => ({action: {type: 'value/closed'}}),
  },
];
