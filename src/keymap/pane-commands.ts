import type {State} from '../store/state.js';
import {getTabFilter} from '../store/ui/field.js';
import type {Command} from './command.js';
import {
  explainNoMove,
  findFoldUnderCursor,
  findFollowWord,
  followCursor,
  moveCursor,
  toggleFoldUnderCursor,
} from './cursor.js';
import {canFilterTab} from './field-commands.js';
import type {ScreenFrame} from './frame.js';
import {explainNoScroll, scrollPane} from './scroll-pane.js';

/** A line of the page before stays in sight. */
const getPanePageLines = (frame: ScreenFrame): number => Math.max(1, frame.paneHeight - 1);

const getHalfPaneLines = (frame: ScreenFrame): number => Math.max(1, Math.floor(frame.paneHeight / 2));

const hasTrail = ({watch}: State): boolean => watch !== undefined && watch.list.trail.length > 0;

const nothingFoldedText = 'nothing is folded here';

/** Reading the details over the whole screen. */
export const paneCommands: readonly Command[] = [
  {
    id: 'cursor.down',
    keys: ['j', 'down'],
    title: 'to the next entry, or a line down',
    short: 'move',
    on: ['pane'],
    whyNot: explainNoMove(1),
    act: (state, frame) => moveCursor(1, state, frame),
  },
  {
    id: 'cursor.up',
    keys: ['k', 'up'],
    title: 'to the entry before, or a line up',
    short: 'move',
    on: ['pane'],
    whyNot: explainNoMove(-1),
    act: (state, frame) => moveCursor(-1, state, frame),
  },
  {
    id: 'cursor.follow',
    keys: ['return'],
    title: 'go where the entry leads, or see it whole',
    short: (_, frame) => findFollowWord(frame),
    on: ['pane'],
    act: followCursor,
  },
  {
    id: 'cursor.fold',
    keys: ['space'],
    title: 'unfold or fold the entry',
    short: 'fold',
    on: ['pane'],
    whyNot: (_, frame) => (findFoldUnderCursor(frame) === undefined ? nothingFoldedText : undefined),
    act: (_, frame) =>
      toggleFoldUnderCursor(frame) ?? {action: {type: 'notice/shown', text: nothingFoldedText, tone: 'info'}},
  },
  {
    id: 'trail.back',
    keys: ['backspace', "'"],
    title: 'back to the step that led here',
    // In the list every jump leads somewhere back: to name it there would push out what is needed more.
    short: ({watch}) => (watch?.pane.isOpen === true ? 'step back' : undefined),
    on: ['list', 'pane'],
    whyNot: state => (hasTrail(state) || state.runsBefore.length > 0 ? undefined : 'no step led here'),
    act: state => ({action: {type: hasTrail(state) ? 'step/returned' : 'run/returned'}}),
  },
  {
    id: 'pane.scrollDown',
    keys: ['ctrl+e', 'J'],
    title: 'scroll down',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(1, state, frame),
  },
  {
    id: 'pane.scrollUp',
    keys: ['ctrl+y', 'K'],
    title: 'scroll up',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-1, state, frame),
  },
  {
    id: 'pane.close',
    keys: ['escape'],
    title: 'no filter; back to the list',
    short: 'back',
    on: ['pane'],
    act: ({watch}) =>
      watch !== undefined && getTabFilter(watch) !== ''
        ? {action: {type: 'field/cleared'}}
        : {action: {type: 'pane/closed'}},
  },
  {
    id: 'tab.filter',
    keys: ['/'],
    title: 'show only what holds a text',
    short: state => (canFilterTab(state) ? 'filter' : undefined),
    on: ['pane'],
    whyNot: state => (canFilterTab(state) ? undefined : 'this tab is not filtered'),
    act: () => ({action: {type: 'field/opened', purpose: 'filter'}}),
  },
  {
    id: 'pane.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'a page down',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(getPanePageLines(frame), state, frame),
  },
  {
    id: 'pane.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'a page up',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-getPanePageLines(frame), state, frame),
  },
  {
    id: 'pane.halfDown',
    keys: ['ctrl+d'],
    title: 'half a page down',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(getHalfPaneLines(frame), state, frame),
  },
  {
    id: 'pane.halfUp',
    keys: ['ctrl+u'],
    title: 'half a page up',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-getHalfPaneLines(frame), state, frame),
  },
  {
    id: 'pane.top',
    keys: ['home'],
    title: 'to the top',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-Infinity, state, frame),
  },
  {
    id: 'pane.bottom',
    keys: ['G', 'end'],
    title: 'to the end',
    on: ['pane'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(Infinity, state, frame),
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
