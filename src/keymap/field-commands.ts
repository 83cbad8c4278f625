import {completeText, findFilterCompletions, type Vocabulary} from '../domain/filter/completion.js';
import {buildStepVocabulary} from '../store/list/step-vocabulary.js';
import {buildRunVocabulary} from '../store/runs/run-vocabulary.js';
import type {State} from '../store/state.js';
import type {Tab} from '../store/ui/pane.js';
import type {Command, CommandOutcome} from './command.js';

/** The tabs that can be narrowed down to what matches a text. */
const filterableTabs: ReadonlySet<Tab> = new Set(['inputs', 'outputs', 'config']);

export const canFilterTab = ({watch}: State): boolean => watch !== undefined && filterableTabs.has(watch.pane.tab);

/** A key that stands for itself in the line of text. */
export const findTypedCharacter = (key: string, {field}: State): string | undefined => {
  const text = key === 'space' ? ' ' : key;
  const isFit = field?.purpose === 'place' ? /^\d$/.test(text) : [...text].length === 1;
  return isFit ? text : undefined;
};

/** What of a paste can stand in the open line: all of it in one line, or its digits; nothing where none is open. */
export const cleanPaste = (text: string, {field}: State): string => {
  if (field === undefined) {
    return '';
  }

  return field.purpose === 'place' ? text.replace(/\D/g, '') : text.trim().replace(/\s+/g, ' ');
};

export const typeText = (text: string): CommandOutcome => ({action: {type: 'field/typed', text}});

/** A file is written when its name is done; an empty one is none. */
const keepField = ({field}: State): CommandOutcome => {
  const kept: CommandOutcome = {action: {type: 'field/kept'}};
  const path = field?.purpose === 'file' ? field.text.trim() : '';
  return path === '' ? kept : {...kept, effect: {type: 'save-log', path}};
};

/** What can be typed in the open line, where that can be completed. */
export const selectFieldVocabulary = ({field, runs, watch}: State): Vocabulary | undefined => {
  switch (field?.purpose) {
    case 'runs':
      return buildRunVocabulary(runs);

    case 'steps':
      return watch && buildStepVocabulary(watch);

    default:
      return undefined;
  }
};

/** The open line with the word at its end completed; `undefined` where there is nothing to complete. */
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
  const isOpen = vocabulary !== undefined && findFilterCompletions(state.field?.text ?? '', vocabulary).length > 1;
  return isOpen ? 'several begin so: one more letter tells which' : 'nothing else begins so';
};

/** While a line of text is typed, these are all keys there are; every other one is a character of it. */
export const fieldCommands: readonly Command[] = [
  {
    id: 'field.keep',
    keys: ['return'],
    title: 'done typing',
    short: 'keep',
    on: ['field'],
    act: keepField,
  },
  {
    id: 'field.clear',
    keys: ['escape'],
    title: 'give it up',
    short: 'clear',
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
    keys: ['backspace', 'delete', 'ctrl+h'],
    title: 'the last character away',
    on: ['field'],
    act: () => ({action: {type: 'field/erased', isWhole: false}}),
  },
  {
    id: 'field.eraseAll',
    keys: ['ctrl+u', 'ctrl+w'],
    title: 'all of it away',
    on: ['field'],
    act: () => ({action: {type: 'field/erased', isWhole: true}}),
  },
];
