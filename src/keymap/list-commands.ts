import {countSteps} from '../domain/step-table.js';
import {parseGroupRowKey, parseStepRowKey} from '../store/list/rows.js';
import type {OpenRun} from '../store/run/open-run.js';
import {findSelectedRow, findSelectedStep, getRows, selectLayout} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {findNextFailure} from './failures.js';

const explainNoRows = ({watch}: State): string | undefined => {
  const isEmpty = watch === undefined || watch.table.structure.length + watch.childRuns.length === 0;
  if (isEmpty) {
    return 'no steps yet';
  }

  return getRows(watch).rows.length === 0 ? 'no step is let through' : undefined;
};

const moveSelection = (by: number): CommandOutcome => ({action: {type: 'selection/moved', by}});

/** Half of the list's lines, at least one. */
const getHalfListLines = (state: State): number => Math.max(1, Math.floor((selectLayout(state).list?.height ?? 2) / 2));

const isSelectedInGroup = (watch: OpenRun | undefined): boolean => {
  const name = watch && parseStepRowKey(watch.list.selected);
  const group = watch && findSelectedStep(watch)?.group;
  const isFolded = group !== undefined && (watch?.table.structure.groupsById.get(group.id)?.indexes.length ?? 0) > 1;
  return parseGroupRowKey(watch?.list.selected) !== undefined || (name !== undefined && isFolded);
};

const isSelectedGroupOpen = (watch: OpenRun | undefined): boolean => {
  const row = watch && findSelectedRow(watch);
  return row?.kind === 'group' && row.isOpen;
};

const explainNoFailures = ({watch}: State): string | undefined => {
  if (watch === undefined || countSteps(watch.table.counts, 'failed') === 0) {
    return 'no step has failed';
  }

  return findNextFailure(watch, 1) === undefined ? 'none of the steps that are shown has failed' : undefined;
};

const jumpToFailure = (state: State, by: 1 | -1): CommandOutcome => {
  const name = state.watch && findNextFailure(state.watch, by);
  return name === undefined ? moveSelection(0) : {action: {type: 'step/followed', name}};
};

/** A run that this one has started opens as a run of its own. */
const openSelectedRow = ({watch}: State): CommandOutcome => {
  const row = watch && findSelectedRow(watch);
  const runId = row?.kind === 'run' ? row.child.id : undefined;
  return {action: runId === undefined ? {type: 'pane/toggled'} : {type: 'run/followed', runId, stepName: undefined}};
};

/** Going about in the list of steps. */
export const listCommands: readonly Command[] = [
  {
    id: 'step.next',
    keys: ['j', 'down'],
    title: 'next step',
    short: 'move',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => moveSelection(1),
  },
  {
    id: 'step.previous',
    keys: ['k', 'up'],
    title: 'previous step',
    short: 'move',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => moveSelection(-1),
  },
  {
    id: 'pane.open',
    keys: ['return'],
    title: 'details of the step on the whole screen; the run where the row is one',
    short: 'open',
    on: ['list'],
    whyNot: explainNoRows,
    act: openSelectedRow,
  },
  {
    id: 'failure.next',
    keys: ['e'],
    title: 'next failed step',
    short: 'next failure',
    on: ['list', 'pane'],
    whyNot: explainNoFailures,
    act: state => jumpToFailure(state, 1),
  },
  {
    id: 'failure.previous',
    keys: ['E'],
    title: 'previous failed step',
    on: ['list', 'pane'],
    whyNot: explainNoFailures,
    act: state => jumpToFailure(state, -1),
  },
  {
    id: 'group.toggle',
    keys: ['space'],
    title: 'fold or unfold a group of steps',
    short: ({watch}) =>
      parseGroupRowKey(watch?.list.selected) === undefined ? undefined : isSelectedGroupOpen(watch) ? 'fold' : 'unfold',
    on: ['list'],
    whyNot: state => (isSelectedInGroup(state.watch) ? undefined : 'this step belongs to no group'),
    act: () => ({action: {type: 'group/toggled'}}),
  },
  {
    id: 'list.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'a page down',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: 1}}),
  },
  {
    id: 'list.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'a page up',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/paged', pages: -1}}),
  },
  {
    id: 'list.halfDown',
    keys: ['ctrl+d'],
    title: 'half a page down',
    on: ['list'],
    whyNot: explainNoRows,
    act: state => moveSelection(getHalfListLines(state)),
  },
  {
    id: 'list.halfUp',
    keys: ['ctrl+u'],
    title: 'half a page up',
    on: ['list'],
    whyNot: explainNoRows,
    act: state => moveSelection(-getHalfListLines(state)),
  },
  {
    id: 'list.first',
    keys: ['home'],
    title: 'first step',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/jumped', to: 'first'}}),
  },
  {
    id: 'list.last',
    keys: ['G', 'end'],
    title: 'last step',
    on: ['list'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'selection/jumped', to: 'last'}}),
  },
  {
    id: 'list.follow',
    keys: ['f'],
    title: 'follow the running step, or stop following',
    short: ({watch}) => (watch?.list.isFollowing === true ? undefined : 'follow'),
    on: ['list', 'pane'],
    whyNot: explainNoRows,
    act: () => ({action: {type: 'following/toggled'}}),
  },
];
