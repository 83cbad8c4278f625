import type {State} from '../store/state.js';
import {clampScroll} from '../store/ui/clamp-scroll.js';
import type {Command, CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

/** Clamped here because the state only stores the top line, not how many lines there are. */
const scrollComparison = ({screen}: State, by: number, {comparing}: ScreenFrame): CommandOutcome => {
  const top = screen.name === 'comparing' ? screen.top : 0;
  const {lineCount = 0, height = 0} = comparing ?? {};
  return {action: {type: 'comparing/scrolled', by: clampScroll(top, by, lineCount, height)}};
};

const explainNoComparisonScroll = (_: State, {comparing}: ScreenFrame): string | undefined =>
  (comparing?.lineCount ?? 0) > (comparing?.height ?? 0) ? undefined : 'everything is already visible';

const getComparisonPageLines = ({comparing}: ScreenFrame): number => Math.max(1, (comparing?.height ?? 2) - 1);

/** Clamped here because the state does not store how many runs are visible. */
const shiftComparison = ({screen}: State, by: number, {comparing}: ScreenFrame): CommandOutcome => {
  const {left, runIds} = screen.name === 'comparing' ? screen : {left: 0, runIds: []};
  return {action: {type: 'comparing/shifted', by: clampScroll(left, by, runIds.length, comparing?.runCount ?? 0)}};
};

const explainNoRunShift = (state: State, {comparing}: ScreenFrame): string | undefined => {
  const {screen} = state;
  const isEveryRunVisible =
    screen.name === 'comparing' && screen.left === 0 && (comparing?.runCount ?? 0) >= screen.runIds.length;
  return isEveryRunVisible ? 'all runs are already visible' : undefined;
};

/** Commands of the run comparison. */
export const comparingCommands: readonly Command[] = [
  {
    id: 'comparing.scrollDown',
    keys: ['j', 'down'],
    title: 'scroll down',
    short: 'scroll',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, 1, frame),
  },
  {
    id: 'comparing.scrollUp',
    keys: ['k', 'up'],
    title: 'scroll up',
    short: 'scroll',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, -1, frame),
  },
  {
    id: 'comparing.shiftLeft',
    keys: ['h', 'left'],
    title: 'scroll left',
    short: 'runs',
    on: ['comparing'],
    whyNot: explainNoRunShift,
    act: (state, frame) => shiftComparison(state, -1, frame),
  },
  {
    id: 'comparing.shiftRight',
    keys: ['l', 'right'],
    title: 'scroll right',
    short: 'runs',
    on: ['comparing'],
    whyNot: explainNoRunShift,
    act: (state, frame) => shiftComparison(state, 1, frame),
  },
  {
    id: 'comparing.groups',
    keys: ['z'],
    title: 'expand or collapse groups of steps',
    short: 'groups',
    on: ['comparing'],
    act: () => ({action: {type: 'comparing/groupsToggled'}}),
  },
  {
    id: 'comparing.pageDown',
    keys: ['pagedown', 'space', 'ctrl-d', 'ctrl-f'],
    title: 'scroll down a page',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, getComparisonPageLines(frame), frame),
  },
  {
    id: 'comparing.pageUp',
    keys: ['pageup', 'ctrl-u', 'ctrl-b'],
    title: 'scroll up a page',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, -getComparisonPageLines(frame), frame),
  },
  {
    id: 'comparing.top',
    keys: ['g', 'home'],
    title: 'go to the top',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, Number.NEGATIVE_INFINITY, frame),
  },
  {
    id: 'comparing.bottom',
    keys: ['G', 'end'],
    title: 'go to the end',
    on: ['comparing'],
    whyNot: explainNoComparisonScroll,
    act: (state, frame) => scrollComparison(state, Number.POSITIVE_INFINITY, frame),
  },
  {
    id: 'comparing.close',
    keys: ['escape'],
    title: 'go back',
    short: 'back',
    on: ['comparing'],
    act: () => ({action: {type: 'comparing/closed'}}),
  },
];
