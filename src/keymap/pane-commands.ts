import {layoutOf, selectedStep, shownAttempt, shownDetail} from '../store/selectors.js';
import {type State, tabs} from '../store/state.js';
import type {Command, Outcome} from './command.js';
import type {Frame} from './frame.js';

/** The state clamps by the height of the whole pane, its title lines included, so these are counted as lines too. */
const scrolled = (by: number, state: State, frame: Frame): Outcome => {
  const chrome = (layoutOf(state).pane?.height ?? frame.paneHeight) - frame.paneHeight;
  return {action: {type: 'pane/scrolled', by, lineCount: frame.paneLineCount + chrome}};
};

const nothingToScroll = (state: State, frame: Frame): string | undefined => {
  if (layoutOf(state).pane === undefined) {
    return 'enter opens the details';
  }

  return frame.paneLineCount > frame.paneHeight ? undefined : 'all of it is on the screen';
};

/** A line of the page before stays in sight. */
const pageOf = (frame: Frame): number => Math.max(1, frame.paneHeight - 1);

const halfPane = (frame: Frame): number => Math.max(1, Math.floor(frame.paneHeight / 2));

const noTraceback = (state: State): string | undefined =>
  shownDetail(state)?.exception?.traceback === undefined ? 'this step has no traceback' : undefined;

const noAttempt = (state: State, by: 1 | -1): string | undefined => {
  const attempts = (state.watch && selectedStep(state.watch))?.attempts ?? [];
  if (attempts.length < 2) {
    return 'there is one attempt at most';
  }

  const shown = shownAttempt(state);
  if (by === -1) {
    return shown === attempts[0] ? 'this is the first attempt' : undefined;
  }

  return shown === attempts.at(-1) ? 'this is the latest attempt' : undefined;
};

const tabCommands: readonly Command[] = [
  {
    id: 'tab.next',
    keys: [']'],
    title: 'next tab',
    on: ['list', 'pane'],
    act: () => ({action: {type: 'tab/stepped', by: 1}}),
  },
  {
    id: 'tab.previous',
    keys: ['['],
    title: 'previous tab',
    on: ['list', 'pane'],
    act: () => ({action: {type: 'tab/stepped', by: -1}}),
  },
];

/** Reading the details, beside the list and over it. */
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
    id: 'details.scrollDown',
    keys: ['J', 'ctrl+e'],
    title: 'scroll the details down',
    short: 'scroll details',
    on: ['list'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(1, state, frame),
  },
  {
    id: 'details.scrollUp',
    keys: ['K', 'ctrl+y'],
    title: 'scroll the details up',
    short: 'scroll details',
    on: ['list'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-1, state, frame),
  },
  {
    id: 'traceback.toggle',
    keys: ['u'],
    title: 'fold or unfold the traceback',
    short: 'traceback',
    on: ['list', 'pane'],
    whyNot: noTraceback,
    act: () => ({action: {type: 'section/toggled', section: 'traceback'}}),
  },
  {
    id: 'attempt.previous',
    keys: ['<'],
    title: 'the attempt before',
    short: 'attempt',
    on: ['list', 'pane'],
    whyNot: state => noAttempt(state, -1),
    act: () => ({action: {type: 'attempt/stepped', by: -1}}),
  },
  {
    id: 'attempt.next',
    keys: ['>'],
    title: 'the attempt after',
    short: 'attempt',
    on: ['list', 'pane'],
    whyNot: state => noAttempt(state, 1),
    act: () => ({action: {type: 'attempt/stepped', by: 1}}),
  },
  // With one tab there is nothing to change to.
  ...(tabs.length > 1 ? tabCommands : []),
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
  {
    id: 'pane.close',
    keys: ['escape', 'return'],
    title: 'back to the list',
    short: 'back',
    on: ['pane'],
    act: () => ({action: {type: 'pane/closed'}}),
  },
];
