import type {Action} from '../store/action.js';
import type {State} from '../store/state.js';
import type {MenuTarget} from '../store/ui/screen.js';
import type {Command, CommandOutcome} from './command.js';
import {openCopyMenu, selectCopyChoices, selectOpenRunUrl} from './copy-choices.js';
import {selectMenuEntries, selectMenuIndex} from './intervention-menu.js';

const closeCopyingOutcome = {action: {type: 'copying/closed'}} as const;

/** Copies the text of an entry of the open menu, or opens what it stands for. An `index` of `undefined` means the selected one. */
const chooseMenuEntry = (state: State, index: number | undefined): CommandOutcome => {
  const entries = selectMenuEntries(state);
  const entry = entries[index ?? selectMenuIndex(state)];
  if (entry === undefined) {
    return {action: {type: 'notice/shown', text: `the last entry is ${entries.length}`, tone: 'info'}};
  }

  if (entry.whyNot !== undefined) {
    return {action: {type: 'notice/shown', text: entry.whyNot, tone: 'info'}};
  }

  return entry.opens === undefined
    ? {...closeCopyingOutcome, effect: {type: 'copy', text: entry.text, what: entry.what}}
    : {...closeCopyingOutcome, followUps: [openMenuTarget(entry.opens)]};
};

/** The action that opens what an entry of a menu stands for. */
export const openMenuTarget = (target: MenuTarget): Action => {
  switch (target.kind) {
    case 'confirmation':
      return {type: 'confirming/opened', intervention: target.intervention};

    case 'question':
      return {type: 'answering/opened', question: target.question};

    case 'tags':
      return {type: 'field/opened', purpose: 'tags'};
  }
};

/** What enter does to the selected entry: an action is opened, a text copied. */
const getEntryVerb = (state: State): string | undefined => {
  const entry = selectMenuEntries(state)[selectMenuIndex(state)];
  return entry === undefined || entry.whyNot !== undefined ? undefined : entry.opens === undefined ? 'copy' : 'open';
};

const moveCopySelection = (by: number): CommandOutcome => ({action: {type: 'copying/moved', by}});

const explainNoRunUrl = (state: State): string | undefined =>
  selectOpenRunUrl(state) === undefined ? 'the URL of this run is not known yet' : undefined;

/** Commands that copy text or open the browser, and those of the menus of texts and actions. */
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
    title: 'copy the selected text, or open the selected action',
    short: getEntryVerb,
    on: ['copying'],
    act: state => chooseMenuEntry(state, undefined),
  },
  {
    id: 'copying.choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    title: 'choose by number',
    on: ['copying'],
    act: (state, _, key) => chooseMenuEntry(state, Number(key) - 1),
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
