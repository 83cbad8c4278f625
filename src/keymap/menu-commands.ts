import type {Action} from '../store/action.js';
import type {State} from '../store/state.js';
import type {MenuTarget} from '../store/ui/screen.js';
import type {Command, CommandOutcome} from './command.js';
import {selectMenuEntries, selectMenuIndex} from './intervention-menu.js';

const closeMenuOutcome = {action: {type: 'menu/closed'}} as const;

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
    ? {...closeMenuOutcome, effect: {type: 'copy', text: entry.text, what: entry.what}}
    : {...closeMenuOutcome, followUps: [openMenuTarget(entry.opens)]};
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

/** The footer's word for enter: an action is opened, a text copied. `undefined` if the selected entry cannot be chosen. */
const findEntryVerb = (state: State): string | undefined => {
  const entry = selectMenuEntries(state)[selectMenuIndex(state)];
  return entry === undefined || entry.whyNot !== undefined ? undefined : entry.opens === undefined ? 'copy' : 'open';
};

/** Clamped here because the state does not store how many entries a live menu has. */
const moveMenuSelection = (state: State, by: number): CommandOutcome => {
  const selectedIndex = state.screen.name === 'menu' ? state.screen.selectedIndex : 0;
  const lastIndex = Math.max(0, selectMenuEntries(state).length - 1);
  const index = Math.min(lastIndex, Math.max(0, selectMenuIndex(state) + by));
  return {action: {type: 'menu/moved', by: index - selectedIndex}};
};

/** Commands of the menus of texts and actions. */
export const menuCommands: readonly Command[] = [
  {
    id: 'menu.down',
    keys: ['j', 'down'],
    title: 'select next',
    short: 'move',
    on: ['menu'],
    act: state => moveMenuSelection(state, 1),
  },
  {
    id: 'menu.up',
    keys: ['k', 'up'],
    title: 'select previous',
    short: 'move',
    on: ['menu'],
    act: state => moveMenuSelection(state, -1),
  },
  {
    id: 'menu.first',
    keys: ['g', 'home'],
    title: 'select first',
    on: ['menu'],
    act: state => moveMenuSelection(state, -Infinity),
  },
  {
    id: 'menu.last',
    keys: ['G', 'end'],
    title: 'select last',
    on: ['menu'],
    act: state => moveMenuSelection(state, Infinity),
  },
  {
    id: 'menu.choose',
    keys: ['return', 'y'],
    title: 'copy the selected text, or open the selected action',
    short: findEntryVerb,
    on: ['menu'],
    act: state => chooseMenuEntry(state, undefined),
  },
  {
    id: 'menu.chooseByNumber',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    title: 'choose by number',
    on: ['menu'],
    act: (state, _, key) => chooseMenuEntry(state, Number(key) - 1),
  },
  {
    id: 'menu.close',
    keys: ['escape', 'q'],
    title: 'cancel',
    short: 'back',
    on: ['menu'],
    act: () => closeMenuOutcome,
  },
];
