import {countSteps} from '../domain/step-table.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {findNextFailure, isFailedChildRun} from './failures.js';
import {moveSelection} from './list-commands.js';

const explainNoFailures = ({openRun}: State): string | undefined => {
  if (
    openRun === undefined ||
    !(countSteps(openRun.table.counts, 'failed') > 0 || openRun.childRuns.some(isFailedChildRun))
  ) {
    return 'no failed steps';
  }

  const next = findNextFailure(openRun, 1);
  if (next === undefined) {
    return 'no failed steps shown';
  }

  return next.key === openRun.list.selectedKey
    ? `this is the only failed ${next.stepName === undefined ? 'child run' : 'step'}`
    : undefined;
};

const jumpToFailure = (state: State, by: 1 | -1): CommandOutcome => {
  const next = state.openRun && findNextFailure(state.openRun, by);
  return next?.stepName === undefined
    ? moveSelection(next?.by ?? 0)
    : {action: {type: 'step/selected', name: next.stepName}};
};

/** Commands that go to what failed. */
export const failureCommands: readonly Command[] = [
  {
    id: 'failure.next',
    keys: ['e'],
    title: 'go to next failed step or child run',
    short: 'next failure',
    on: ['list', 'pane'],
    whyNot: explainNoFailures,
    act: state => jumpToFailure(state, 1),
  },
  {
    id: 'failure.previous',
    keys: ['E'],
    title: 'go to previous failed step or child run',
    on: ['list', 'pane'],
    whyNot: explainNoFailures,
    act: state => jumpToFailure(state, -1),
  },
];
