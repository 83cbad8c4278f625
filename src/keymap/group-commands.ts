import type {OpenRun} from '../store/run/open-run.js';
import {findSelectedRow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Command} from './command.js';
import {explainNoRows} from './list-commands.js';

/** Why space neither expands nor collapses anything at the selected row. */
const explainNoToggle = (state: State): string | undefined => {
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

const isExpandable = (openRun: OpenRun | undefined): boolean => {
  const row = openRun && findSelectedRow(openRun);
  return row?.kind === 'group' || (row?.kind === 'run' && row.isOpen !== undefined);
};

const isSelectedGroupOpen = (openRun: OpenRun | undefined): boolean => {
  const row = openRun && findSelectedRow(openRun);
  return (row?.kind === 'group' || row?.kind === 'run') && row.isOpen === true;
};

/** The command that expands and collapses groups of steps and child runs. */
export const groupCommands: readonly Command[] = [
  {
    id: 'group.toggle',
    keys: ['space'],
    title: 'expand or collapse a group of steps, or the steps of a child run',
    short: ({openRun}) => (!isExpandable(openRun) ? undefined : isSelectedGroupOpen(openRun) ? 'collapse' : 'expand'),
    on: ['list'],
    whyNot: explainNoToggle,
    act: () => ({action: {type: 'group/toggled'}}),
  },
];
