import {findTrailEnd} from '../store/list/selection.js';
import type {State} from '../store/state.js';
import {getTabFilter} from '../store/ui/reduce-field.js';
import type {Command} from './command.js';
import {
  explainNoMove,
  findOpenWord,
  findSectionUnderCursor,
  moveCursor,
  openUnderCursor,
  toggleSectionUnderCursor,
} from './cursor.js';
import {canFilterTab} from './field-commands.js';
import type {ScreenFrame} from './frame.js';
import {explainNoScroll, scrollPane} from './scroll-pane.js';

/** One line of the previous page stays visible. */
const getPanePageLines = (frame: ScreenFrame): number => Math.max(1, frame.paneHeight - 1);

const getHalfPaneLines = (frame: ScreenFrame): number => Math.max(1, Math.floor(frame.paneHeight / 2));

const hasTrail = ({openRun}: State): boolean => openRun !== undefined && findTrailEnd(openRun.list) !== undefined;

const nothingToExpandText = 'nothing to expand here';

/** Commands of the full-screen details. */
export const paneCommands: readonly Command[] = [
  {
    id: 'cursor.down',
    keys: ['j', 'down'],
    title: 'go to next entry, or scroll down a line',
    short: 'move',
    on: ['pane'],
    whyNot: explainNoMove(1),
    act: (state, frame) => moveCursor(1, state, frame),
  },
  {
    id: 'cursor.up',
    keys: ['k', 'up'],
    title: 'go to previous entry, or scroll up a line',
    short: 'move',
    on: ['pane'],
    whyNot: explainNoMove(-1),
    act: (state, frame) => moveCursor(-1, state, frame),
  },
  {
    id: 'cursor.open',
    keys: ['return'],
    title: 'follow the link, or show the whole value',
    short: (_, frame) => findOpenWord(frame),
    on: ['pane'],
    act: openUnderCursor,
  },
  {
    id: 'section.toggle',
    keys: ['space'],
    title: 'expand or collapse the entry',
    short: 'expand',
    on: ['pane'],
    whyNot: (_, frame) => (findSectionUnderCursor(frame) === undefined ? nothingToExpandText : undefined),
    act: (_, frame) =>
      toggleSectionUnderCursor(frame) ?? {action: {type: 'notice/shown', text: nothingToExpandText, tone: 'info'}},
  },
  {
    id: 'trail.back',
    keys: ['backspace', "'"],
    title: 'go back along followed links',
    // In the list, the entry would push more useful ones out of the footer.
    short: ({openRun}) => (openRun?.pane.isOpen === true ? 'jump back' : undefined),
    on: ['list', 'pane'],
    whyNot: state => (hasTrail(state) || state.runTrail.length > 0 ? undefined : 'no followed links to go back along'),
    act: state => ({action: {type: hasTrail(state) ? 'step/returned' : 'run/returned'}}),
  },
  {
    id: 'pane.scrollDown',
    keys: ['ctrl-e', 'J'],
    title: 'scroll down',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(1, state, frame),
  },
  {
    id: 'pane.scrollUp',
    keys: ['ctrl-y', 'K'],
    title: 'scroll up',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-1, state, frame),
  },
  {
    id: 'pane.close',
    keys: ['escape'],
    title: 'clear filter; go back to the list',
    short: 'back',
    on: ['pane'],
    act: ({openRun}) =>
      openRun !== undefined && getTabFilter(openRun) !== ''
        ? {action: {type: 'field/cleared'}}
        : {action: {type: 'pane/closed'}},
  },
  {
    id: 'pane.leave',
    keys: ['q'],
    title: 'go back to the list',
    on: ['pane'],
    act: () => ({action: {type: 'pane/closed'}}),
  },
  {
    id: 'tab.filter',
    keys: ['/'],
    title: 'filter lines by text',
    short: state => (canFilterTab(state) ? 'filter' : undefined),
    on: ['pane'],
    whyNot: state => (canFilterTab(state) ? undefined : 'this tab cannot be filtered'),
    act: () => ({action: {type: 'field/opened', purpose: 'filter'}}),
  },
  {
    id: 'pane.pageDown',
    keys: ['pagedown', 'ctrl-f'],
    title: 'scroll down a page',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(getPanePageLines(frame), state, frame),
  },
  {
    id: 'pane.pageUp',
    keys: ['pageup', 'ctrl-b'],
    title: 'scroll up a page',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-getPanePageLines(frame), state, frame),
  },
  {
    id: 'pane.halfDown',
    keys: ['ctrl-d'],
    title: 'scroll down half a page',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(getHalfPaneLines(frame), state, frame),
  },
  {
    id: 'pane.halfUp',
    keys: ['ctrl-u'],
    title: 'scroll up half a page',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-getHalfPaneLines(frame), state, frame),
  },
  {
    id: 'pane.top',
    keys: ['g', 'home'],
    title: 'go to the top',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-Infinity, state, frame),
  },
  {
    id: 'pane.bottom',
    keys: ['G', 'end'],
    title: 'go to the end',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(Infinity, state, frame),
  },
  {
    id: 'pane.nextStep',
    keys: ['ctrl-n'],
    title: 'show details of the next step',
    on: ['pane'],
    act: () => ({action: {type: 'selection/moved', by: 1}}),
  },
  {
    id: 'pane.previousStep',
    keys: ['ctrl-p'],
    title: 'show details of the previous step',
    on: ['pane'],
    act: () => ({action: {type: 'selection/moved', by: -1}}),
  },
];
