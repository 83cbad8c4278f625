import {isFiltering} from '../store/list/arrangement.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';

/** Escape clears a filter first, as in the list; any other key of the command leaves the timeline or the graph. */
export const closeRowsView = (
  {openRun}: State,
  key: string,
  type: 'timeline/toggled' | 'graph/toggled',
): CommandOutcome => ({
  action:
    key === 'escape' && openRun !== undefined && isFiltering(openRun.list.arrangement)
      ? {type: 'list/cleared'}
      : {type},
});
