import {findLastGoodRun} from '../domain/run-changes.js';
import {countSteps} from '../domain/step-table.js';
import {isFiltering} from '../store/list/arrangement.js';
import type {OpenRun} from '../store/run/open-run.js';
import {findSelectedRow, getRows, hasRunRow, isRunSelected, selectLayout} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {findNextFailure, isFailedChildRun} from './failures.js';

const explainNoRows = ({openRun}: State): string | undefined => {
  if (openRun !== undefined && getRows(openRun).rows.length > 0) {
    return undefined;
  }

  const isEmpty = openRun === undefined || openRun.table.structure.length + openRun.childRuns.length === 0;
  return isEmpty ? 'no steps yet' : 'no step matches the filter';
};

const moveSelection = (by: number): CommandOutcome => ({action: {type: 'selection/moved', by}});

/** Half of the list's height, at least one line. */
const getHalfListLines = (state: State): number => Math.max(1, Math.floor((selectLayout(state).list?.height ?? 2) / 2));

/** Why space neither expands nor collapses anything at the selected row. */
const explainNoFold = (state: State): string | undefined => {
  const row = state.openRun && findSelectedRow(state.openRun);
  switch (row?.kind) {
    case undefined:
      return explainNoRows(state);

    case 'this-run':
      return 'the run itself cannot be collapsed';

    case 'step':
      return row.isInGroup ? undefined : 'this step is not in a group';

    case 'run':
      return row.isOpen === undefined ? 'the steps of this child run cannot be shown here' : undefined;

    case 'question':
      return 'a question cannot be expanded';

    case 'group':
    case 'child-step':
      return undefined;
  }
};

const hasFold = (openRun: OpenRun | undefined): boolean => {
  const row = openRun && findSelectedRow(openRun);
  return row?.kind === 'group' || (row?.kind === 'run' && row.isOpen !== undefined);
};

const isSelectedGroupOpen = (openRun: OpenRun | undefined): boolean => {
  const row = openRun && findSelectedRow(openRun);
  return (row?.kind === 'group' || row?.kind === 'run') && row.isOpen === true;
};

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

  return next.key === openRun.list.selected
    ? `this is the only failed ${next.stepName === undefined ? 'child run' : 'step'}`
    : undefined;
};

const jumpToFailure = (state: State, by: 1 | -1): CommandOutcome => {
  const next = state.openRun && findNextFailure(state.openRun, by);
  return next?.stepName === undefined
    ? moveSelection(next?.by ?? 0)
    : {action: {type: 'step/selected', name: next.stepName}};
};

const explainNoRunRow = ({openRun}: State): string | undefined => {
  if (openRun === undefined || !hasRunRow(openRun)) {
    return openRun !== undefined && isFiltering(openRun.list.arrangement)
      ? 'the run is hidden by the filter (esc to clear)'
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

/** A child run opens as a run of its own, and a step of one opens that run at the step; anything else opens the details. */
const openSelectedRow = ({openRun}: State): CommandOutcome => {
  const row = openRun && findSelectedRow(openRun);
  const runId = row?.kind === 'run' ? row.child.id : row?.kind === 'child-step' ? row.runId : undefined;
  const stepName = row?.kind === 'child-step' ? row.step.name : undefined;
  return {action: runId === undefined ? {type: 'pane/toggled'} : {type: 'linkedRun/opened', runId, stepName}};
};

/** Commands that move in the step list. */
export const listCommands: readonly Command[] = [
  {
    id: 'step.next',
    keys: ['j', 'down'],
    title: 'select next step',
    short: 'move',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => moveSelection(1),
  },
  {
    id: 'step.previous',
    keys: ['k', 'up'],
    title: 'select previous step',
    short: 'move',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => moveSelection(-1),
  },
  {
    id: 'pane.open',
    keys: ['return'],
    title: 'open details full screen; on a child run, open it',
    short: 'open',
    on: ['list'],
    whyNot: explainNoRows,
    act: openSelectedRow,
  },
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
  {
    id: 'group.toggle',
    keys: ['space'],
    title: 'expand or collapse a group of steps, or the steps of a child run',
    short: ({openRun}) => (!hasFold(openRun) ? undefined : isSelectedGroupOpen(openRun) ? 'collapse' : 'expand'),
    on: ['list'],
    whyNot: explainNoFold,
    act: () => ({action: {type: 'group/toggled'}}),
  },
  {
    id: 'list.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'scroll down a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: 1}}),
  },
  {
    id: 'list.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'scroll up a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: -1}}),
  },
  {
    id: 'list.halfDown',
    keys: ['ctrl+d'],
    title: 'scroll down half a page',
    on: ['list'],
    whyNot: explainNoRows,
    act: state => moveSelection(getHalfListLines(state)),
  },
  {
    id: 'list.halfUp',
    keys: ['ctrl+u'],
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
