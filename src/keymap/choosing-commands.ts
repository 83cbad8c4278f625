import {choicesOf} from '../store/runs/choosing.js';
import type {State} from '../store/state.js';
import type {Command, Outcome} from './command.js';

const back: Outcome = {action: {type: 'choosing/closed'}};

const nothingToChoose = (state: State): string | undefined => {
  const {screen} = state;
  const choices = screen.name === 'choosing' ? choicesOf(state, screen.what) : [];
  return choices === undefined ? 'not known yet' : choices.length === 0 ? 'there is nothing to choose from' : undefined;
};

const chosen = (state: State): Outcome => {
  const {screen, runs, session} = state;
  if (screen.name !== 'choosing') {
    return back;
  }

  if (screen.what === 'project') {
    const project = runs.projects?.[screen.selected];
    return project === undefined || project.id === session.project?.id
      ? back
      : {action: {type: 'project/chosen', project}};
  }

  const url = session.servers?.[screen.selected];
  return url === undefined || url === session.serverUrl ? back : {...back, effect: {type: 'switch-server', url}};
};

/** Choosing another project or server. */
export const choosingCommands: readonly Command[] = [
  {
    id: 'choosing.down',
    keys: ['j', 'down'],
    title: 'the next one',
    short: 'move',
    on: ['choosing'],
    whyNot: nothingToChoose,
    act: () => ({action: {type: 'choosing/moved', by: 1}}),
  },
  {
    id: 'choosing.up',
    keys: ['k', 'up'],
    title: 'the one before',
    short: 'move',
    on: ['choosing'],
    whyNot: nothingToChoose,
    act: () => ({action: {type: 'choosing/moved', by: -1}}),
  },
  {
    id: 'choosing.choose',
    keys: ['return'],
    title: 'go there',
    short: 'choose',
    on: ['choosing'],
    whyNot: nothingToChoose,
    act: chosen,
  },
  {
    id: 'choosing.close',
    keys: ['escape', 'q'],
    title: 'stay where you are',
    short: 'back',
    on: ['choosing'],
    act: () => back,
  },
];
