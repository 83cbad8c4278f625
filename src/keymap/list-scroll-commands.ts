import {selectLayout} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command} from './command.js';
import {explainNoRows, moveSelection} from './list-commands.js';

/** Half of the list's height, at least one line. */
const getHalfListLines = (state: State): number => Math.max(1, Math.floor((selectLayout(state).list?.height ?? 2) / 2));

/** Commands that move far in the list, or let it follow the running step. */
export const listScrollCommands: readonly Command[] = [
  {
    id: 'list.pageDown',
    keys: ['pagedown', 'ctrl-f'],
    title: 'scroll down a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: 1}}),
  },
  {
    id: 'list.pageUp',
    keys: ['pageup', 'ctrl-b'],
    title: 'scroll up a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: -1}}),
  },
  {
    id: 'list.halfDown',
    keys: ['ctrl-d'],
    title: 'scroll down half a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: state => moveSelection(getHalfListLines(state)),
  },
  {
    id: 'list.halfUp',
    keys: ['ctrl-u'],
    title: 'scroll up half a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: state => moveSelection(-getHalfListLines(state)),
  },
  {
    id: 'list.first',
    keys: ['g', 'home'],
    title: 'select first step',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/jumped', to: 'first'}}),
  },
  {
    id: 'list.last',
    keys: ['G', 'end'],
    title: 'select last step',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/jumped', to: 'last'}}),
  },
  {
    id: 'list.follow',
    keys: ['f'],
    title: 'follow the running step, or stop following',
    short: ({openRun}) => (openRun?.list.isFollowing === true ? undefined : 'follow'),
    on: ['list', 'pane'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'list/followingToggled'}}),
  },
];
