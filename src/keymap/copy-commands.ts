import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {openCopyMenu, selectCopyChoices, selectOpenRunUrl} from './copy-choices.js';

const closeCopyingOutcome: CommandOutcome = {action: {type: 'copying/closed'}};

const copyChoice = ({screen}: State, place: number | undefined): CommandOutcome => {
  const {choices, selected} = screen.name === 'copying' ? screen : {choices: [], selected: 0};
  const choice = choices[place ?? selected];
  return choice === undefined
    ? {action: {type: 'notice/shown', text: `the last entry is ${choices.length}`, tone: 'info'}}
    : {...closeCopyingOutcome, effect: {type: 'copy', text: choice.text, what: choice.what}};
};

const moveCopySelection = (by: number): CommandOutcome => ({action: {type: 'copying/moved', by}});

const explainNoRunUrl = (state: State): string | undefined =>
  selectOpenRunUrl(state) === undefined ? 'the URL of this run is not known yet' : undefined;

/** Commands that copy text or open the browser. */
export const copyCommands: readonly Command[] = [
  {
    id: 'copying.open',
    keys: ['y'],
    title: 'copy text, an ID or a URL',
    short: 'copy',
    on: ['pane', 'list'],
    whyNot: (state, frame) => (selectCopyChoices(state, frame).length === 0 ? 'nothing to copy yet' : undefined),
    act: openCopyMenu,
  },
  {
    id: 'run.browse',
    keys: ['o'],
    title: 'open the run in the dashboard',
    on: ['pane', 'list'],
    whyNot: explainNoRunUrl,
    act: state => ({effect: {type: 'open-url', url: selectOpenRunUrl(state) ?? ''}}),
  },
  {
    id: 'copying.down',
    keys: ['j', 'down'],
    title: 'select next',
    short: 'move',
    on: ['copying'],
    act: () => moveCopySelection(1),
  },
  {
    id: 'copying.up',
    keys: ['k', 'up'],
    title: 'select previous',
    short: 'move',
    on: ['copying'],
    act: () => moveCopySelection(-1),
  },
  {
    id: 'copying.first',
    keys: ['g', 'home'],
    title: 'select first',
    on: ['copying'],
    act: () => moveCopySelection(-Infinity),
  },
  {
    id: 'copying.last',
    keys: ['G', 'end'],
    title: 'select last',
    on: ['copying'],
    act: () => moveCopySelection(Infinity),
  },
  {
    id: 'copying.copy',
    keys: ['return', 'y'],
    title: 'copy the selected text',
    short: 'copy',
    on: ['copying'],
    act: state => copyChoice(state, undefined),
  },
  {
    id: 'copying.choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    title: 'copy by number',
    on: ['copying'],
    act: (state, _, key) => copyChoice(state, Number(key) - 1),
  },
  {
    id: 'copying.close',
    keys: ['escape', 'q'],
    title: 'cancel',
    short: 'back',
    on: ['copying'],
    act: () => closeCopyingOutcome,
  },
];
