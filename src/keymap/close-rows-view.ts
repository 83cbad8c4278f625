import {isFiltering} from '../store/list/arrangement.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';

/** Leaves the timeline or the graph, except that escape first clears a filter, as in the list. */
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
