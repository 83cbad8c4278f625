import type {Command} from './command.js';
import type {Frame} from './frame.js';
import {nothingToScroll, scrolled} from './scroll-pane.js';

/** A line of the page before stays in sight. */
const pageOf = (frame: Frame): number => Math.max(1, frame.paneHeight - 1);

const halfPane = (frame: Frame): number => Math.max(1, Math.floor(frame.paneHeight / 2));

/** Reading the details over the whole screen. */
export const paneCommands: readonly Command[] = [
  {
    id: 'pane.scrollDown',
    keys: ['j', 'down', 'ctrl+e', 'J'],
    title: 'scroll down',
    short: 'scroll',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(1, state, frame),
  },
  {
    id: 'pane.scrollUp',
    keys: ['k', 'up', 'ctrl+y', 'K'],
    title: 'scroll up',
    short: 'scroll',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-1, state, frame),
  },
  {
    id: 'pane.close',
    keys: ['escape', 'return'],
    title: 'back to the list',
    short: 'back',
    on: ['pane'],
    act: () => ({action: {type: 'pane/closed'}}),
  },
  {
    id: 'pane.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'a page down',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(pageOf(frame), state, frame),
  },
  {
    id: 'pane.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'a page up',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-pageOf(frame), state, frame),
  },
  {
    id: 'pane.halfDown',
    keys: ['ctrl+d'],
    title: 'half a page down',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(halfPane(frame), state, frame),
  },
  {
    id: 'pane.halfUp',
    keys: ['ctrl+u'],
    title: 'half a page up',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-halfPane(frame), state, frame),
  },
  {
    id: 'pane.top',
    keys: ['home'],
    title: 'to the top',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-frame.paneLineCount, state, frame),
  },
  {
    id: 'pane.bottom',
    keys: ['G', 'end'],
    title: 'to the end',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(frame.paneLineCount, state, frame),
  },
  {
    id: 'pane.nextStep',
    keys: ['ctrl+n'],
    title: 'details of the next step',
    on: ['pane'],
    act: () => ({action: {type: 'selection/moved', by: 1}}),
  },
  {
    id: 'pane.previousStep',
    keys: ['ctrl+p'],
    title: 'details of the previous step',
    on: ['pane'],
    act: () => ({action: {type: 'selection/moved', by: -1}}),
  },
];
