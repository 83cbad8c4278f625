import {completeText, findFilterCompletions, type Vocabulary} from '../domain/filter/completion.js';
import {buildStepVocabulary} from '../store/list/step-vocabulary.js';
import {buildRunVocabulary} from '../store/runs/run-vocabulary.js';
import type {State} from '../store/state.js';
import type {FieldPurpose} from '../store/ui/field.js';
import type {Tab} from '../store/ui/pane.js';
import type {Command, CommandOutcome} from './command.js';
import {buildCommandVocabulary, findLineOutcome} from './command-line.js';
import {acceptTags} from './intervention-menu.js';

/** The tabs whose lines can be filtered by text. */
const filterableTabs: ReadonlySet<Tab> = new Set(['inputs', 'outputs', 'config']);

export const canFilterTab = ({openRun}: State): boolean =>
  openRun !== undefined && filterableTabs.has(openRun.pane.tab);

/** Returns the character that a key types into the open text input, if any. */
export const findTypedCharacter = (key: string, {field}: State): string | undefined => {
  const text = key === 'space' ? ' ' : key;
  const isAllowed = field?.purpose === 'step-number' ? /^\d$/.test(text) : [...text].length === 1;
  return isAllowed ? text : undefined;
};

/** Returns a paste as text for the open input: on one line, or digits only; empty if no input is open. */
export const cleanPaste = (text: string, {field}: State): string => {
  if (field === undefined) {
    return '';
  }

  return field.purpose === 'step-number' ? text.replace(/\D/g, '') : text.trim().replace(/\s+/g, ' ');
};

export const typeText = (text: string): CommandOutcome => ({action: {type: 'field/typed', text}});

/** Accepts the text: carries out the command, asks to confirm the tags, or saves the log unless the name of the file is empty. */
const keepField = (state: State): CommandOutcome => {
  const {field} = state;
  if (field?.purpose === 'command') {
    const line = findLineOutcome(state, field.text);
    return 'outcome' in line ? line.outcome : {action: {type: 'notice/shown', text: line.problem, tone: 'info'}};
  }

  if (field?.purpose === 'tags') {
    return acceptTags(state, field.text);
  }

  const kept: CommandOutcome = {action: {type: 'field/kept'}};
  const path = field?.purpose === 'file' ? field.text.trim() : '';
  return path === '' ? kept : {...kept, effect: {type: 'save-log', path}};
};

/** What can be completed in the open text input, if anything. */
export const selectFieldVocabulary = (state: State): Vocabulary | undefined => {
  const {field, runs, openRun} = state;
  switch (field?.purpose) {
    case 'runs':
      return buildRunVocabulary(runs);

    case 'command':
      return buildCommandVocabulary(state);

    case 'steps':
      return openRun && buildStepVocabulary(openRun);

    default:
      return undefined;
  }
};

/** Returns the open input with its last word completed; `undefined` if there is no completion. */
const completeLine = (state: State): string | undefined => {
  const vocabulary = selectFieldVocabulary(state);
  const text = state.field?.text ?? '';
  const line = vocabulary && completeText(text, vocabulary);
  return line === text ? undefined : line;
};

const explainNoCompletion = (state: State): string | undefined => {
  if (completeLine(state) !== undefined) {
    return undefined;
  }

  const vocabulary = selectFieldVocabulary(state);
  const isAmbiguous = vocabulary !== undefined && findFilterCompletions(state.field?.text ?? '', vocabulary).length > 1;
  return isAmbiguous ? 'ambiguous: keep typing' : 'no completion';
};

const acceptWordByPurpose: Readonly<Record<FieldPurpose, string>> = {
  filter: 'keep',
  search: 'keep',
  steps: 'keep',
  runs: 'keep',
  command: 'run',
  file: 'save',
  'step-number': 'go',
  tags: 'next',
};

/** Commands of the text input; every other key types a character. */
export const fieldCommands: readonly Command[] = [
  {
    id: 'field.keep',
    keys: ['return'],
    title: 'accept',
    short: ({field}) => acceptWordByPurpose[field?.purpose ?? 'filter'],
    on: ['field'],
    act: keepField,
  },
  {
    id: 'field.clear',
    keys: ['escape'],
    title: 'cancel',
    short: ({field}) => (acceptWordByPurpose[field?.purpose ?? 'filter'] === 'keep' ? 'clear' : 'cancel'),
    on: ['field'],
    act: () => ({action: {type: 'field/cleared'}}),
  },
  {
    id: 'field.complete',
    keys: ['tab'],
    title: 'complete the word',
    short: state => (completeLine(state) === undefined ? undefined : 'complete'),
    on: ['field'],
    whyNot: explainNoCompletion,
    act: state => ({action: {type: 'field/completed', text: completeLine(state) ?? ''}}),
  },
  {
    id: 'field.erase',
    keys: ['backspace', 'delete', 'ctrl-h'],
    title: 'delete character',
    on: ['field'],
    act: () => ({action: {type: 'field/erased', isWhole: false}}),
  },
  {
    id: 'field.eraseAll',
    keys: ['ctrl-u', 'ctrl-w'],
    title: 'clear the line',
    on: ['field'],
    act: () => ({action: {type: 'field/erased', isWhole: true}}),
  },
];
