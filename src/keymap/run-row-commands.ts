import {findLastGoodRun} from '../domain/run-changes.js';
import {isFiltering} from '../store/list/arrangement.js';
import {hasRunRow, isRunSelected} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command} from './command.js';
import {formatCommandKey} from './command-key.js';

const explainNoRunRow = ({openRun, session}: State): string | undefined => {
  if (openRun === undefined || !hasRunRow(openRun)) {
    return openRun !== undefined && isFiltering(openRun.list.arrangement)
      ? `the run is hidden by the filter (${formatCommandKey('list.back', session)} to clear)`
      : 'loading the run…';
  }

  return isRunSelected(openRun) ? 'this is the run' : undefined;
};

const explainNoComparison = ({openRun}: State): string | undefined => {
  if (openRun?.run === undefined) {
    return 'loading the run…';
  }

  if (openRun.run.pipeline === undefined) {
    return 'this run does not belong to a pipeline';
  }

  const {runs} = openRun.history;
  return runs !== undefined && findLastGoodRun(runs) === undefined ? 'none of the previous runs completed' : undefined;
};

/** Commands about the run itself, which has a row at the top of the list. */
export const runRowCommands: readonly Command[] = [
  {
    id: 'run.select',
    keys: ['i'],
    title: 'go to the run itself: who, where, what changed',
    on: ['list', 'pane', 'log'],
    whyNot: explainNoRunRow,
    act: () => ({action: {type: 'run/selected'}}),
  },
  {
    id: 'run.compare',
    keys: ['c'],
    title: 'compare the run with the last good one',
    short: ({openRun}) => (openRun !== undefined && isRunSelected(openRun) ? 'compare' : undefined),
    on: ['list', 'pane', 'log'],
    whyNot: explainNoComparison,
    act: () => ({action: {type: 'comparison/wanted'}}),
  },
];
