import {countOf} from '../domain/step-table.js';
import {groupIdOf, stepNameOf} from '../store/rows.js';
import {layoutOf, rowsOf, selectedRow, selectedStep} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Watch} from '../store/watch.js';
import type {Command, Outcome} from './command.js';
import {failureFrom} from './failures.js';

const noSteps = ({watch}: State): string | undefined => {
  const isEmpty = watch === undefined || watch.table.structure.length + watch.childRuns.length === 0;
  if (isEmpty) {
    return 'no steps yet';
  }

  return rowsOf(watch).rows.length === 0 ? 'no step is let through' : undefined;
};

const moved = (by: number): Outcome => ({action: {type: 'selection/moved', by}});

/** Half of the list's lines, at least one. */
const halfPage = (state: State): number => Math.max(1, Math.floor((layoutOf(state).list?.height ?? 2) / 2));

const isInFold = (watch: Watch | undefined): boolean => {
  const name = watch && stepNameOf(watch.list.selected);
  const group = watch && selectedStep(watch)?.group;
  const isFolded = group !== undefined && (watch?.table.structure.groupsById.get(group.id)?.indexes.length ?? 0) > 1;
  return groupIdOf(watch?.list.selected) !== undefined || (name !== undefined && isFolded);
};

const isGroupOpen = (watch: Watch | undefined): boolean => {
  const row = watch && selectedRow(watch);
  return row?.kind === 'group' && row.isOpen;
};

const noFailures = ({watch}: State): string | undefined => {
  if (watch === undefined || countOf(watch.table.counts, 'failed') === 0) {
    return 'no step has failed';
  }

  return failureFrom(watch, 1) === undefined ? 'none of the steps that are shown has failed' : undefined;
};

const jumpToFailure = (state: State, by: 1 | -1): Outcome => {
  const name = state.watch && failureFrom(state.watch, by);
  return name === undefined ? moved(0) : {action: {type: 'step/followed', name}};
};

/** A run that this one has started opens as a run of its own. */
const opened = ({watch}: State): Outcome => {
  const row = watch && selectedRow(watch);
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
    whyNot: noSteps,
    act: () => moved(1),
  },
  {
    id: 'step.previous',
    keys: ['k', 'up'],
    title: 'previous step',
    short: 'move',
    on: ['list'],
    whyNot: noSteps,
    act: () => moved(-1),
  },
  {
    id: 'pane.open',
    keys: ['return'],
    title: 'details of the step on the whole screen; the run where the row is one',
    short: 'open',
    on: ['list'],
    whyNot: noSteps,
    act: opened,
  },
  {
    id: 'failure.next',
    keys: ['e'],
    title: 'next failed step',
    short: 'next failure',
    on: ['list', 'pane'],
    whyNot: noFailures,
    act: state => jumpToFailure(state, 1),
  },
  {
    id: 'failure.previous',
    keys: ['E'],
    title: 'previous failed step',
    on: ['list', 'pane'],
    whyNot: noFailures,
    act: state => jumpToFailure(state, -1),
  },
  {
    id: 'group.toggle',
    keys: ['space'],
    title: 'fold or unfold a group of steps',
    short: ({watch}) =>
      groupIdOf(watch?.list.selected) === undefined ? undefined : isGroupOpen(watch) ? 'fold' : 'unfold',
    on: ['list'],
    whyNot: state => (isInFold(state.watch) ? undefined : 'this step belongs to no group'),
    act: () => ({action: {type: 'group/toggled'}}),
  },
  {
    id: 'list.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'a page down',
    on: ['list'],
    whyNot: noSteps,
    act: () => ({action: {type: 'selection/paged', pages: 1}}),
  },
  {
    id: 'list.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'a page up',
    on: ['list'],
    whyNot: noSteps,
    act: () => ({action: {type: 'selection/paged', pages: -1}}),
  },
  {
    id: 'list.halfDown',
    keys: ['ctrl+d'],
    title: 'half a page down',
    on: ['list'],
    whyNot: noSteps,
    act: state => moved(halfPage(state)),
  },
  {
    id: 'list.halfUp',
    keys: ['ctrl+u'],
    title: 'half a page up',
    on: ['list'],
    whyNot: noSteps,
    act: state => moved(-halfPage(state)),
  },
  {
    id: 'list.first',
    keys: ['home'],
    title: 'first step',
    on: ['list'],
    whyNot: noSteps,
    act: () => ({action: {type: 'selection/jumped', to: 'first'}}),
  },
  {
    id: 'list.last',
    keys: ['G', 'end'],
    title: 'last step',
    on: ['list'],
    whyNot: noSteps,
    act: () => ({action: {type: 'selection/jumped', to: 'last'}}),
  },
  {
    id: 'list.follow',
    keys: ['f'],
    title: 'follow the running step, or stop following',
    short: ({watch}) => (watch?.list.isFollowing === true ? undefined : 'follow'),
    on: ['list', 'pane'],
    whyNot: noSteps,
    act: () => ({action: {type: 'following/toggled'}}),
  },
];
