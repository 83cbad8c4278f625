import {findSelectedRow, getRows} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';

export const explainNoRows = ({openRun}: State): string | undefined => {
  if (openRun !== undefined && getRows(openRun).rows.length > 0) {
    return undefined;
  }

  const isEmpty = openRun === undefined || openRun.table.structure.length + openRun.childRuns.length === 0;
  return isEmpty ? 'no steps yet' : 'no step matches the filter';
};

/** Moves the selection by this many rows; up if it is negative. */
export const moveSelection = (by: number): CommandOutcome => ({action: {type: 'selection/moved', by}});

/** A child run opens as a run of its own, and a step of one opens that run at the step; anything else opens the details. */
const openSelectedRow = ({openRun}: State): CommandOutcome => {
  const row = openRun && findSelectedRow(openRun);
  const runId = row?.kind === 'run' ? row.child.id : row?.kind === 'child-step' ? row.runId : undefined;
  const stepName = row?.kind === 'child-step' ? row.step.name : undefined;
  return {action: runId === undefined ? {type: 'pane/toggled'} : {type: 'linkedRun/opened', runId, stepName}};
};

/** Commands that select a row of the list and open it. */
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
];
