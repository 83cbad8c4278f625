import {selectProjectId} from '../store/runs/runs-needs.js';
import type {State} from '../store/state.js';
import {hasStepFilter} from './arrange-commands.js';
import type {Command} from './command.js';

const allContexts = ['list', 'pane', 'runs', 'comparing', 'help', 'field', 'copying', 'choosing'] as const;
const screenContexts = ['list', 'pane', 'runs', 'comparing'] as const;

/** Why there is no way from this run to others. */
const explainNoWayBack = (state: State): string | undefined => {
  if (state.runsBefore.length > 0) {
    return undefined;
  }

  if (state.session.replaySpeed !== undefined) {
    return 'this is the first screen: q quits';
  }

  return selectProjectId(state) === undefined ? 'the project of this run is not known yet' : undefined;
};

/** What holds on every screen. */
export const programCommands: readonly Command[] = [
  {
    id: 'polling.toggle',
    keys: ['p'],
    title: 'stop asking the server, or go on',
    short: state => (state.isPaused ? 'resume' : 'pause'),
    on: screenContexts,
    act: () => ({action: {type: 'polling/toggled'}}),
  },
  {
    id: 'polling.demand',
    keys: ['r'],
    title: 'ask the server again now',
    short: 'refresh',
    on: screenContexts,
    whyNot: state => (state.isPaused ? 'paused: p goes on' : undefined),
    act: () => ({action: {type: 'polling/demanded'}}),
  },
  {
    id: 'list.back',
    keys: ['escape'],
    title: 'no filter; back to the run that led here; to the list of runs',
    short: state => (hasStepFilter(state) ? 'all steps' : state.runsBefore.length > 0 ? 'back' : 'runs'),
    on: ['list'],
    whyNot: state => (hasStepFilter(state) ? undefined : explainNoWayBack(state)),
    act: state =>
      hasStepFilter(state)
        ? {action: {type: 'list/cleared'}}
        : {action: {type: state.runsBefore.length > 0 ? 'run/returned' : 'runs/shown'}},
  },
  {
    id: 'screen.redraw',
    keys: ['ctrl+l'],
    title: 'draw the screen anew',
    on: allContexts,
    act: () => ({effect: {type: 'redraw'}}),
  },
  {
    id: 'program.suspend',
    keys: ['ctrl+z'],
    title: 'back to the shell for a while (fg returns)',
    on: allContexts,
    act: () => ({effect: {type: 'suspend'}}),
  },
  {
    id: 'program.interrupt',
    keys: ['ctrl+c'],
    title: 'quit at once; the run goes on',
    on: allContexts,
    act: () => ({effect: {type: 'quit', isInterrupt: true}}),
  },
  {
    id: 'help.open',
    keys: ['?'],
    title: 'all keys',
    short: 'help',
    on: screenContexts,
    act: () => ({action: {type: 'help/toggled'}}),
  },
  {
    id: 'program.quit',
    keys: ['q'],
    title: 'quit; the run goes on',
    short: 'quit',
    on: screenContexts,
    act: () => ({effect: {type: 'quit', isInterrupt: false}}),
  },
];
