import type {State} from '../store/state.js';
import {hasStepFilter} from './arrange-commands.js';
import {type Command, dialogContexts} from './command.js';
import {formatCommandKey} from './command-key.js';
import {explainNoRunList} from './explain-no-run-list.js';

const screenContexts = ['list', 'pane', 'runs', 'comparing'] as const;
const allContexts = [...screenContexts, ...dialogContexts] as const;

/** Why escape cannot leave this run. */
const explainNoWayBack = (state: State): string | undefined => {
  if (state.runTrail.length > 0) {
    return undefined;
  }

  return state.session.replaySpeed === undefined
    ? explainNoRunList(state)
    : `already at the first screen (${formatCommandKey('program.quit', state.session)} to quit)`;
};

/** Commands that work on several screens or concern the whole program. */
export const programCommands: readonly Command[] = [
  {
    id: 'polling.toggle',
    keys: ['p'],
    title: 'pause or resume updates',
    short: state => (state.isPaused ? 'resume' : 'pause'),
    on: screenContexts,
    act: () => ({action: {type: 'polling/toggled'}}),
  },
  {
    id: 'polling.demand',
    keys: ['r'],
    title: 'refresh now',
    short: 'refresh',
    on: screenContexts,
    whyNot: ({isPaused, session}) =>
      isPaused ? `updates are paused (${formatCommandKey('polling.toggle', session)} to resume)` : undefined,
    act: () => ({
      action: {type: 'polling/demanded'},
      followUps: [{type: 'notice/shown', text: 'refresh requested', tone: 'info'}],
    }),
  },
  {
    id: 'list.back',
    keys: ['escape'],
    title: 'clear filter; go back to the parent run or the run list',
    short: state => (hasStepFilter(state) ? 'all steps' : state.runTrail.length > 0 ? 'back' : 'runs'),
    on: ['list'],
    whyNot: state => (hasStepFilter(state) ? undefined : explainNoWayBack(state)),
    act: state =>
      hasStepFilter(state)
        ? {action: {type: 'list/cleared'}}
        : {action: {type: state.runTrail.length > 0 ? 'run/returned' : 'runs/shown'}},
  },
  {
    id: 'screen.redraw',
    keys: ['ctrl-l'],
    title: 'redraw the screen',
    on: allContexts,
    act: () => ({effect: {type: 'redraw'}}),
  },
  {
    id: 'program.suspend',
    keys: ['ctrl-z'],
    title: 'suspend (fg to resume)',
    on: allContexts,
    act: () => ({effect: {type: 'suspend'}}),
  },
  {
    id: 'program.interrupt',
    keys: ['ctrl-c'],
    title: 'quit immediately (the run is not affected)',
    on: allContexts,
    act: () => ({effect: {type: 'quit', isInterrupt: true}}),
  },
  {
    id: 'command.type',
    keys: [':'],
    title: 'command: runs, logs STEP, step STEP, 42, a saved filter',
    on: screenContexts,
    act: () => ({action: {type: 'field/opened', purpose: 'command'}}),
  },
  {
    id: 'help.open',
    keys: ['?'],
    title: 'show all keys',
    short: 'help',
    on: screenContexts,
    act: () => ({action: {type: 'help/toggled'}}),
  },
  {
    id: 'program.quit',
    keys: ['q'],
    title: 'quit (the run is not affected)',
    short: 'quit',
    on: ['list', 'runs', 'comparing'],
    act: () => ({effect: {type: 'quit', isInterrupt: false}}),
  },
];
