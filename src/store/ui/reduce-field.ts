import {dropLastCharacter} from '../../domain/characters.js';
import {withStepFilter} from '../list/reduce-arrangement.js';
import {applyStepNumber, beginStepNumber, endStepNumber} from '../list/step-number.js';
import {getLogFileName} from '../logs/log-file-name.js';
import {withSearch} from '../logs/reduce-logs.js';
import type {OpenRun} from '../run/open-run.js';
import type {Field, FieldAction, FieldPurpose, OpenRunPurpose} from './field.js';
import type {Tab} from './pane.js';

/** Longer than any name that is searched for. */
const maxTextLength = 200;

/** How a field reads and sets a value of its owner. */
export type FieldBinding<Owner> = {
  readonly read: (owner: Owner) => string;
  readonly write: (owner: Owner, text: string) => Owner;
  /** What happens when the field opens, and when its text is kept or cleared. */
  readonly begin?: (owner: Owner) => Owner;
  readonly end?: (owner: Owner) => Owner;
};

/** What typing into a field changes, by the purpose of the field. */
const bindingByPurpose: Readonly<Record<OpenRunPurpose, FieldBinding<OpenRun>>> = {
  filter: {
    read: openRun => getTabFilter(openRun),
    write: (openRun, text) => {
      const {pane} = openRun;
      return {...openRun, pane: {...pane, filterByTab: new Map(pane.filterByTab).set(pane.tab, text)}};
    },
  },
  search: {
    read: ({logs}) => logs.search,
    write: (openRun, text) => ({...openRun, logs: withSearch(openRun, text)}),
  },
  // The name is only a suggestion: nothing uses it before the field is kept.
  file: {
    read: getLogFileName,
    write: openRun => openRun,
  },
  steps: {
    read: ({list}) => list.arrangement.filter,
    write: (openRun, text) => ({...openRun, list: withStepFilter(openRun.list, text)}),
  },
  'step-number': {read: () => '', write: applyStepNumber, begin: beginStepNumber, end: endStepNumber},
};

/** The filter of the open tab; empty means none. */
export const getTabFilter = ({pane}: OpenRun, tab: Tab = pane.tab): string => pane.filterByTab.get(tab) ?? '';

type FieldChange<Owner> = {readonly field: Field | undefined; readonly owner: Owner};

export const reduceField = (openRun: OpenRun, field: Field | undefined, action: FieldAction): FieldChange<OpenRun> => {
  const purpose = action.type === 'field/opened' ? action.purpose : (field?.purpose ?? 'filter');
  return purpose === 'runs' || purpose === 'command' || purpose === 'tags'
    ? {field, owner: openRun}
    : reduceBoundField(bindingByPurpose[purpose], purpose, openRun, field, action);
};

/** What an action changes in the field and in its owner. */
export const reduceBoundField = <Owner>(
  binding: FieldBinding<Owner>,
  purpose: FieldPurpose,
  owner: Owner,
  field: Field | undefined,
  action: FieldAction,
): FieldChange<Owner> => {
  switch (action.type) {
    case 'field/opened':
      return {owner: binding.begin?.(owner) ?? owner, field: {purpose, text: binding.read(owner)}};

    case 'field/kept':
      return {owner: binding.end?.(owner) ?? owner, field: undefined};

    case 'field/cleared': {
      const cleared = binding.write(owner, '');
      return {owner: binding.end?.(cleared) ?? cleared, field: undefined};
    }

    case 'field/completed':
      return {owner: binding.write(owner, action.text), field: {purpose, text: action.text}};

    case 'field/typed':
    case 'field/erased': {
      const text = applyTyping(field?.text ?? '', action);
      return {owner: binding.write(owner, text), field: {purpose, text}};
    }
  }
};

type TypingAction = Extract<FieldAction, {readonly type: 'field/typed' | 'field/erased'}>;

const applyTyping = (text: string, action: TypingAction): string => {
  if (action.type === 'field/typed') {
    return [...text, ...action.text].slice(0, maxTextLength).join('');
  }

  return action.isWhole ? '' : dropLastCharacter(text);
};
