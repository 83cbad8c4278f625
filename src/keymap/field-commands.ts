import {completed, completionsOf, type Vocabulary} from '../domain/filter/completion.js';
import {stepVocabulary} from '../store/list/step-vocabulary.js';
import type {Tab} from '../store/pane.js';
import {runVocabulary} from '../store/runs/run-vocabulary.js';
import type {State} from '../store/state.js';
import type {Command, Outcome} from './command.js';

/** The tabs that can be narrowed down to what matches a text. */
const filterable: ReadonlySet<Tab> = new Set(['inputs', 'outputs', 'config']);

export const canFilter = ({watch}: State): boolean => watch !== undefined && filterable.has(watch.pane.tab);

/** A key that stands for itself in the line of text. */
export const typedCharacter = (key: string, {field}: State): string | undefined => {
  const text = key === 'space' ? ' ' : key;
  const isFit = field?.purpose === 'place' ? /^\d$/.test(text) : [...text].length === 1;
  return isFit ? text : undefined;
};

/** What of a paste can stand in the open line: all of it in one line, or its digits; nothing where none is open. */
export const typedPaste = (text: string, {field}: State): string => {
  if (field === undefined) {
    return '';
  }

  return field.purpose === 'place' ? text.replace(/\D/g, '') : text.trim().replace(/\s+/g, ' ');
};

export const typedOutcome = (text: string): Outcome => ({action: {type: 'field/typed', text}});

/** A file is written when its name is done; an empty one is none. */
const keptOutcome = ({field}: State): Outcome => {
  const kept: Outcome = {action: {type: 'field/kept'}};
  const path = field?.purpose === 'file' ? field.text.trim() : '';
  return path === '' ? kept : {...kept, effect: {type: 'save-log', path}};
};

/** What can be typed in the open line, where that can be completed. */
export const fieldVocabulary = ({field, runs, watch}: State): Vocabulary | undefined => {
  switch (field?.purpose) {
    case 'runs':
      return runVocabulary(runs);

    case 'steps':
      return watch && stepVocabulary(watch);

    default:
      return undefined;
  }
};

/** The open line with the word at its end completed; `undefined` where there is nothing to complete. */
const completedLine = (state: State): string | undefined => {
  const vocabulary = fieldVocabulary(state);
  const text = state.field?.text ?? '';
  const line = vocabulary && completed(text, vocabulary);
  return line === text ? undefined : line;
};

const whyNotCompleted = (state: State): string | undefined => {
  if (completedLine(state) !== undefined) {
    return undefined;
  }

  const vocabulary = fieldVocabulary(state);
  const isOpen = vocabulary !== undefined && completionsOf(state.field?.text ?? '', vocabulary).length > 1;
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
    act: keptOutcome,
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
    short: state => (completedLine(state) === undefined ? undefined : 'complete'),
    on: ['field'],
    whyNot: whyNotCompleted,
    act: state => ({action: {type: 'field/completed', text: completedLine(state) ?? ''}}),
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
