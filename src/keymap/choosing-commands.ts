import {selectChoices} from '../store/runs/choosing.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';

const closeChoosingOutcome: CommandOutcome = {action: {type: 'choosing/closed'}};

const explainNoChoices = (state: State): string | undefined => {
  const {screen} = state;
  const choices = screen.name === 'choosing' ? selectChoices(state, screen.what) : [];
  return choices === undefined ? 'still loading' : choices.length === 0 ? 'nothing to choose from' : undefined;
};

const chooseSelected = (state: State): CommandOutcome => {
  const {screen, runs, session} = state;
  if (screen.name !== 'choosing') {
    return closeChoosingOutcome;
  }

  if (screen.what === 'project') {
    const project = runs.projects?.[screen.selectedIndex];
    return project === undefined || project.id === session.project?.id
      ? closeChoosingOutcome
      : {action: {type: 'project/chosen', project}};
  }

  const url = session.servers?.[screen.selectedIndex];
  return url === undefined || url === session.serverUrl
    ? closeChoosingOutcome
    : {...closeChoosingOutcome, effect: {type: 'switch-server', url}};
};

/** Commands of the project and server menus. */
export const choosingCommands: readonly Command[] = [
  {
    id: 'choosing.down',
    keys: ['j', 'down'],
    title: 'select next',
    short: 'move',
    on: ['choosing'],
    whyNot: explainNoChoices,
    act: () => ({action: {type: 'choosing/moved', by: 1}}),
  },
  {
    id: 'choosing.up',
    keys: ['k', 'up'],
    title: 'select previous',
    short: 'move',
    on: ['choosing'],
    whyNot: explainNoChoices,
    act: () => ({action: {type: 'choosing/moved', by: -1}}),
  },
  {
    id: 'choosing.first',
    keys: ['g', 'home'],
    title: 'select first',
    on: ['choosing'],
    whyNot: explainNoChoices,
    act: () => ({action: {type: 'choosing/moved', by: -Infinity}}),
  },
  {
    id: 'choosing.last',
    keys: ['G', 'end'],
    title: 'select last',
    on: ['choosing'],
    whyNot: explainNoChoices,
    act: () => ({action: {type: 'choosing/moved', by: Infinity}}),
  },
  {
    id: 'choosing.choose',
    keys: ['return'],
    title: 'switch to the selected project or server',
    short: 'choose',
    on: ['choosing'],
    whyNot: explainNoChoices,
    act: chooseSelected,
  },
  {
    id: 'choosing.close',
    keys: ['escape', 'q'],
    title: 'cancel',
    short: 'back',
    on: ['choosing'],
    act: () => closeChoosingOutcome,
  },
];
