import {findNextMatch} from '../store/logs/reduce-logs.js';
import type {State} from '../store/state.js';
import {hasStepFilter} from './arrange-commands.js';
import type {Command, CommandOutcome} from './command.js';
import {formatCommandKey} from './command-key.js';
import type {ScreenFrame} from './frame.js';

const isSearching = ({openRun}: State, {log}: ScreenFrame): boolean =>
  log !== undefined && openRun !== undefined && openRun.logs.search !== '';

const explainNoMatch = (state: State, frame: ScreenFrame): string | undefined => {
  if (isSearching(state, frame)) {
    return state.openRun && findNextMatch(state.openRun, 1) === undefined ? 'no match' : undefined;
  }

  return hasStepFilter(state)
    ? undefined
    : `no filter or search yet: press ${formatCommandKey('steps.filter', state.session)}`;
};

/** Every row of a filtered list is a match. */
const goToMatch = (by: 1 | -1, state: State, frame: ScreenFrame): CommandOutcome => ({
  action: isSearching(state, frame) ? {type: 'log/movedToMatch', by} : {type: 'selection/moved', by},
});

/** Commands that go to the matches of a search in the log beside the list, or of the list's filter. */
export const matchCommands: readonly Command[] = [
  {
    id: 'match.next',
    keys: ['n'],
    title: 'go to next match of the filter, or of a search in the log',
    on: ['list'],
    whyNot: explainNoMatch,
    act: (state, frame) => goToMatch(1, state, frame),
  },
  {
    id: 'match.previous',
    keys: ['N'],
    title: 'go to previous match',
    on: ['list'],
    whyNot: explainNoMatch,
    act: (state, frame) => goToMatch(-1, state, frame),
  },
];
