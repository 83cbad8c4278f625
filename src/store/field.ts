import {placeBegun, placeEnded, placeTyped} from './list/place-line.js';
import {withFilter} from './list/reduce-arrangement.js';
import {logFileName} from './logs/log-file-name.js';
import {withSearch} from './logs/reduce-logs.js';
import type {Tab} from './pane.js';
import type {Watch} from './watch.js';

/** What a line of text that is typed is for. */
export type FieldPurpose = WatchPurpose | 'runs';

/** Those that concern the open run. */
type WatchPurpose = 'filter' | 'search' | 'file' | 'steps' | 'place';

/** The line that is being typed. */
export type Field = {
  readonly purpose: FieldPurpose;
  readonly text: string;
};

/** Longer than any name that is looked for. */
const longestText = 200;

export type FieldAction =
  | {readonly type: 'field/opened'; readonly purpose: FieldPurpose}
  | {readonly type: 'field/typed'; readonly text: string}
  /** Its last character, or all of it, is taken away. */
  | {readonly type: 'field/erased'; readonly isWhole: boolean}
  /** Its last word is completed. */
  | {readonly type: 'field/completed'; readonly text: string}
  /** The line is done: what it set stays. */
  | {readonly type: 'field/kept'}
  /** What the line set is taken back. */
  | {readonly type: 'field/cleared'};

/** What was typed for this purpose before. */
export const fieldText = (watch: Watch, purpose: WatchPurpose): string => purposes[purpose].read(watch);

/** What a line sets in its owner. */
export type Line<Owner> = {
  readonly read: (owner: Owner) => string;
  readonly write: (owner: Owner, text: string) => Owner;
  /** What happens before the first and after the last character, whether the line is kept or given up. */
  readonly begin?: (owner: Owner) => Owner;
  readonly end?: (owner: Owner) => Owner;
};

/** What typing a line changes while it is typed, by its purpose. */
const purposes: Readonly<Record<WatchPurpose, Line<Watch>>> = {
  filter: {
    read: watch => filterOf(watch),
    write: (watch, text) => {
      const {pane} = watch;
      return {...watch, pane: {...pane, filterByTab: new Map(pane.filterByTab).set(pane.tab, text)}};
    },
  },
  search: {
    read: ({logs}) => logs.search,
    write: (watch, text) => ({...watch, logs: withSearch(watch, text)}),
  },
  // A name is but proposed: nothing has it before the line is done.
  file: {
    read: logFileName,
    write: watch => watch,
  },
  steps: {
    read: ({list}) => list.arrangement.filter,
    write: (watch, text) => ({...watch, list: withFilter(watch.list, text)}),
  },
  place: {read: () => '', write: placeTyped, begin: placeBegun, end: placeEnded},
};

/** What the open tab is filtered by; empty: it is not. */
export const filterOf = ({pane}: Watch, tab: Tab = pane.tab): string => pane.filterByTab.get(tab) ?? '';

type Typing<Owner> = {readonly field: Field | undefined; readonly owner: Owner};

export const reduceField = (watch: Watch, field: Field | undefined, action: FieldAction): Typing<Watch> => {
  const purpose = action.type === 'field/opened' ? action.purpose : (field?.purpose ?? 'filter');
  return purpose === 'runs' ? {field, owner: watch} : reduceLine(purposes[purpose], purpose, watch, field, action);
};

/** What an action changes in the line and in its owner. */
export const reduceLine = <Owner>(
  line: Line<Owner>,
  purpose: FieldPurpose,
  owner: Owner,
  field: Field | undefined,
  action: FieldAction,
): Typing<Owner> => {
  switch (action.type) {
    case 'field/opened':
      return {owner: line.begin?.(owner) ?? owner, field: {purpose, text: line.read(owner)}};

    case 'field/kept':
      return {owner: line.end?.(owner) ?? owner, field: undefined};

    case 'field/cleared': {
      const cleared = line.write(owner, '');
      return {owner: line.end?.(cleared) ?? cleared, field: undefined};
    }

    case 'field/completed':
      return {owner: line.write(owner, action.text), field: {purpose, text: action.text}};

    case 'field/typed':
    case 'field/erased': {
      const text = typed(field?.text ?? '', action);
      return {owner: line.write(owner, text), field: {purpose, text}};
    }
  }
};

type Typed = Extract<FieldAction, {readonly type: 'field/typed' | 'field/erased'}>;

const typed = (text: string, action: Typed): string => {
  if (action.type === 'field/typed') {
    return [...text, ...action.text].slice(0, longestText).join('');
  }

  return action.isWhole ? '' : [...text].slice(0, -1).join('');
};
