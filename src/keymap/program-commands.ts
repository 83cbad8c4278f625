import type {Command} from './command.js';

/** What holds on every screen. */
export const programCommands: readonly Command[] = [
  {
    id: 'polling.toggle',
    keys: ['p'],
    title: 'stop asking the server, or go on',
    short: state => (state.isPaused ? 'resume' : 'pause'),
    on: ['list', 'pane'],
    act: () => ({action: {type: 'polling/toggled'}}),
  },
  {
    id: 'polling.demand',
    keys: ['r'],
    title: 'ask the server again now',
    short: 'refresh',
    on: ['list', 'pane'],
    whyNot: state => (state.isPaused ? 'paused: p goes on' : undefined),
    act: () => ({action: {type: 'polling/demanded'}}),
  },
  {
    id: 'list.back',
    keys: ['escape'],
    title: 'back; from here q leaves',
    on: ['list'],
    whyNot: () => 'this is the first screen: q quits',
    act: () => ({action: {type: 'selection/moved', by: 0}}),
  },
  {
    id: 'screen.redraw',
    keys: ['ctrl+l'],
    title: 'draw the screen anew',
    on: ['list', 'pane', 'help', 'field', 'copying'],
    act: () => ({effect: {type: 'redraw'}}),
  },
  {
    id: 'program.suspend',
    keys: ['ctrl+z'],
    title: 'back to the shell for a while (fg returns)',
    on: ['list', 'pane', 'help', 'field', 'copying'],
    act: () => ({effect: {type: 'suspend'}}),
  },
  {
    id: 'program.interrupt',
    keys: ['ctrl+c'],
    title: 'quit at once; the run goes on',
    on: ['list', 'pane', 'help', 'field', 'copying'],
    act: () => ({effect: {type: 'quit', isInterrupt: true}}),
  },
  {
    id: 'help.open',
    keys: ['?'],
    title: 'all keys',
    short: 'help',
    on: ['list', 'pane'],
    act: () => ({action: {type: 'help/toggled'}}),
  },
  {
    id: 'program.quit',
    keys: ['q'],
    title: 'quit; the run goes on',
    short: 'quit',
    on: ['list', 'pane'],
    act: () => ({effect: {type: 'quit', isInterrupt: false}}),
  },
];
