import {listedProjectId} from '../store/runs/runs-needs.js';
import type {State} from '../store/state.js';
import {isFiltered} from './arrange-commands.js';
import type {Command} from './command.js';

const everywhere = ['list', 'pane', 'runs', 'comparing', 'help', 'field', 'copying', 'choosing'] as const;
const onScreens = ['list', 'pane', 'runs', 'comparing'] as const;

/** Why there is no way from this run to others. */
const noWayBack = (state: State): string | undefined => {
  if (state.runsBefore.length > 0) {
    return undefined;
  }

  if (state.session.replaySpeed !== undefined) {
    return 'this is the first screen: q quits';
  }

  return listedProjectId(state) === undefined ? 'the project of this run is not known yet' : undefined;
};

/** What holds on every screen. */
export const programCommands: readonly Command[] = [
  {
    id: 'polling.toggle',
    keys: ['p'],
    title: 'stop asking the server, or go on',
    short: state => (state.isPaused ? 'resume' : 'pause'),
    on: onScreens,
    act: () => ({action: {type: 'polling/toggled'}}),
  },
  {
    id: 'polling.demand',
    keys: ['r'],
    title: 'ask the server again now',
    short: 'refresh',
    on: onScreens,
    whyNot: state => (state.isPaused ? 'paused: p goes on' : undefined),
    act: () => ({action: {type: 'polling/demanded'}}),
  },
  {
    id: 'list.back',
    keys: ['escape'],
    title: 'no filter; back to the run that led here; to the list of runs',
    short: state => (isFiltered(state) ? 'all steps' : state.runsBefore.length > 0 ? 'back' : 'runs'),
    on: ['list'],
    whyNot: state => (isFiltered(state) ? undefined : noWayBack(state)),
    act: state =>
      isFiltered(state)
        ? {action: {type: 'list/cleared'}}
        : {action: {type: state.runsBefore.length > 0 ? 'run/returned' : 'runs/shown'}},
  },
  {
    id: 'screen.redraw',
    keys: ['ctrl+l'],
    title: 'draw the screen anew',
    on: everywhere,
    act: () => ({effect: {type: 'redraw'}}),
  },
  {
    id: 'program.suspend',
    keys: ['ctrl+z'],
    title: 'back to the shell for a while (fg returns)',
    on: everywhere,
    act: () => ({effect: {type: 'suspend'}}),
  },
  {
    id: 'program.interrupt',
    keys: ['ctrl+c'],
    title: 'quit at once; the run goes on',
    on: everywhere,
    act: () => ({effect: {type: 'quit', isInterrupt: true}}),
  },
  {
    id: 'help.open',
    keys: ['?'],
    title: 'all keys',
    short: 'help',
    on: onScreens,
    act: () => ({action: {type: 'help/toggled'}}),
  },
  {
    id: 'program.quit',
    keys: ['q'],
    title: 'quit; the run goes on',
    short: 'quit',
    on: onScreens,
    act: () => ({effect: {type: 'quit', isInterrupt: false}}),
  },
];
