import {filterOf} from '../store/field.js';
import type {State} from '../store/state.js';
import type {Command} from './command.js';
import {cursorFollowed, cursorMoved, foldToggled, foldUnderCursor, followWord, nowhereToMove} from './cursor.js';
import {canFilter} from './field-commands.js';
import type {Frame} from './frame.js';
import {nothingToScroll, scrolled} from './scroll-pane.js';

/** A line of the page before stays in sight. */
const pageOf = (frame: Frame): number => Math.max(1, frame.paneHeight - 1);

const halfPane = (frame: Frame): number => Math.max(1, Math.floor(frame.paneHeight / 2));

const hasTrail = ({watch}: State): boolean => watch !== undefined && watch.list.trail.length > 0;

const nothingFolds = 'nothing is folded here';

/** Reading the details over the whole screen. */
export const paneCommands: readonly Command[] = [
  {
    id: 'cursor.down',
    keys: ['j', 'down'],
    title: 'to the next entry, or a line down',
    short: 'move',
    on: ['pane'],
    whyNot: nowhereToMove(1),
    act: (state, frame) => cursorMoved(1, state, frame),
  },
  {
    id: 'cursor.up',
    keys: ['k', 'up'],
    title: 'to the entry before, or a line up',
    short: 'move',
    on: ['pane'],
    whyNot: nowhereToMove(-1),
    act: (state, frame) => cursorMoved(-1, state, frame),
  },
  {
    id: 'cursor.follow',
    keys: ['return'],
    title: 'go where the entry leads, or see it whole',
    short: (_, frame) => followWord(frame),
    on: ['pane'],
    act: cursorFollowed,
  },
  {
    id: 'cursor.fold',
    keys: ['space'],
    title: 'unfold or fold the entry',
    short: 'fold',
    on: ['pane'],
    whyNot: (_, frame) => (foldUnderCursor(frame) === undefined ? nothingFolds : undefined),
    act: (_, frame) => foldToggled(frame) ?? {action: {type: 'notice/shown', text: nothingFolds, tone: 'info'}},
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
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(1, state, frame),
  },
  {
    id: 'pane.scrollUp',
    keys: ['ctrl+y', 'K'],
    title: 'scroll up',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(-1, state, frame),
  },
  {
    id: 'pane.close',
    keys: ['escape'],
    title: 'no filter; back to the list',
    short: 'back',
    on: ['pane'],
    act: ({watch}) =>
      watch !== undefined && filterOf(watch) !== ''
        ? {action: {type: 'field/cleared'}}
        : {action: {type: 'pane/closed'}},
  },
  {
    id: 'tab.filter',
    keys: ['/'],
    title: 'show only what holds a text',
    short: state => (canFilter(state) ? 'filter' : undefined),
    on: ['pane'],
    whyNot: state => (canFilter(state) ? undefined : 'this tab is not filtered'),
    act: () => ({action: {type: 'field/opened', purpose: 'filter'}}),
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
    act: (state, frame) => scrolled(-Infinity, state, frame),
  },
  {
    id: 'pane.bottom',
    keys: ['G', 'end'],
    title: 'to the end',
    on: ['pane'],
    whyNot: nothingToScroll,
    act: (state, frame) => scrolled(Infinity, state, frame),
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
