import {findNextHit} from '../store/logs/reduce-logs.js';
import type {State} from '../store/state.js';
import {hasStepFilter} from './arrange-commands.js';
import type {Command, CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

const isSearching = ({openRun}: State, {log}: ScreenFrame): boolean =>
  log !== undefined && openRun !== undefined && openRun.logs.search !== '';

const explainNoMatch =
  (by: 1 | -1) =>
  (state: State, frame: ScreenFrame): string | undefined => {
    if (isSearching(state, frame)) {
      const hit = state.openRun && findNextHit(state.openRun, by);
      return hit === undefined ? `no match ${by === 1 ? 'below' : 'above'}` : undefined;
    }

    return hasStepFilter(state) ? undefined : 'no filter or search yet: press /';
  };

/** Every row of a filtered list is a match. */
const goToMatch = (by: 1 | -1, state: State, frame: ScreenFrame): CommandOutcome => ({
  action: isSearching(state, frame) ? {type: 'log/hitStepped', by} : {type: 'selection/moved', by},
});

/** Commands that go to the matches of a search in the log beside the list, or of the list's filter. */
export const matchCommands: readonly Command[] = [
  {
    id: 'match.next',
    keys: ['n'],
    title: 'go to next match of the filter, or of a search in the log',
    on: ['list'],
    whyNot: explainNoMatch(1),
    act: (state, frame) => goToMatch(1, state, frame),
  },
  {
    id: 'match.previous',
    keys: ['N'],
    title: 'go to previous match',
    on: ['list'],
    whyNot: explainNoMatch(-1),
    act: (state, frame) => goToMatch(-1, state, frame),
  },
];
