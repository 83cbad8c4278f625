import {logFileName} from './logs/log-file-name.js';
import {withSearch} from './logs/reduce-logs.js';
import type {Tab, Watch} from './state.js';

/** What a line of text that is typed is for. */
export type FieldPurpose = 'filter' | 'search' | 'file';

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
  /** The line is done: what it set stays. */
  | {readonly type: 'field/kept'}
  /** What the line set is taken back. */
  | {readonly type: 'field/cleared'};

/** What was typed for this purpose before. */
export const fieldText = (watch: Watch, purpose: FieldPurpose): string => purposes[purpose].read(watch);

/** What typing a line changes while it is typed, by its purpose. */
const purposes: Readonly<
  Record<FieldPurpose, {readonly read: (watch: Watch) => string; readonly write: (watch: Watch, text: string) => Watch}>
> = {
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
};

/** What the open tab is filtered by; empty: it is not. */
export const filterOf = ({pane}: Watch, tab: Tab = pane.tab): string => pane.filterByTab.get(tab) ?? '';

type Typing = {readonly field: Field | undefined; readonly watch: Watch};

export const reduceField = (watch: Watch, field: Field | undefined, action: FieldAction): Typing => {
  if (action.type === 'field/opened') {
    return {watch, field: {purpose: action.purpose, text: fieldText(watch, action.purpose)}};
  }

  if (action.type === 'field/kept') {
    return {watch, field: undefined};
  }

  const purpose = field?.purpose ?? 'filter';
  if (action.type === 'field/cleared') {
    return {watch: purposes[purpose].write(watch, ''), field: undefined};
  }

  const text = typed(field?.text ?? '', action);
  return {watch: purposes[purpose].write(watch, text), field: {purpose, text}};
};

type Typed = Extract<FieldAction, {readonly type: 'field/typed' | 'field/erased'}>;

const typed = (text: string, action: Typed): string => {
  if (action.type === 'field/typed') {
    return [...text, ...action.text].slice(0, longestText).join('');
  }

  return action.isWhole ? '' : [...text].slice(0, -1).join('');
};
