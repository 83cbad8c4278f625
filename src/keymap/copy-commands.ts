import type {State} from '../store/state.js';
import type {Command, Outcome} from './command.js';
import {copyChoices, copyingOpened, openedRunUrl} from './copy-choices.js';

const back: Outcome = {action: {type: 'copying/closed'}};

const copied = ({screen}: State, place: number | undefined): Outcome => {
  const choice = screen.name === 'copying' ? screen.choices[place ?? screen.selected] : undefined;
  return choice === undefined ? back : {...back, effect: {type: 'copy', text: choice.text, what: choice.what}};
};

const moved = (by: number): Outcome => ({action: {type: 'copying/moved', by}});

const noRunUrl = (state: State): string | undefined =>
  openedRunUrl(state) === undefined ? 'the address of this run is not known yet' : undefined;

/** Taking something along: into the clipboard, or into a browser. */
export const copyCommands: readonly Command[] = [
  {
    id: 'copying.open',
    keys: ['y'],
    title: 'copy something of what is shown',
    short: 'copy',
    on: ['pane', 'list'],
    whyNot: (state, frame) => (copyChoices(state, frame).length === 0 ? 'nothing to copy yet' : undefined),
    act: copyingOpened,
  },
  {
    id: 'run.browse',
    keys: ['o'],
    title: 'open the run in the dashboard',
    on: ['pane', 'list'],
    whyNot: noRunUrl,
    act: state => ({effect: {type: 'open-url', url: openedRunUrl(state) ?? ''}}),
  },
  {
    id: 'copying.down',
    keys: ['j', 'down'],
    title: 'the next one',
    short: 'move',
    on: ['copying'],
    act: () => moved(1),
  },
  {
    id: 'copying.up',
    keys: ['k', 'up'],
    title: 'the one before',
    short: 'move',
    on: ['copying'],
    act: () => moved(-1),
  },
  {
    id: 'copying.copy',
    keys: ['return', 'y'],
    title: 'copy it',
    short: 'copy',
    on: ['copying'],
    act: state => copied(state, undefined),
  },
  {
    id: 'copying.choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    title: 'copy the one with this number',
    on: ['copying'],
    act: (state, _, key) => copied(state, Number(key) - 1),
  },
  {
    id: 'copying.close',
    keys: ['escape', 'q'],
    title: 'copy nothing',
    short: 'back',
    on: ['copying'],
    act: () => back,
  },
];
