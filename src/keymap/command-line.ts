import type {Vocabulary} from '../domain/filter/completion.js';
import {getOwn} from '../domain/json.js';
import type {Action} from '../store/action.js';
import type {State} from '../store/state.js';
import {type Tab, tabs} from '../store/ui/pane.js';
import type {CommandOutcome} from './command.js';
import {explainNoRunList} from './explain-no-run-list.js';

/** What a line does, or why that cannot be done. */
type LineOutcome = {readonly outcome: CommandOutcome} | {readonly problem: string};

type LineCommand = {
  readonly name: string;
  /** Whether the name of a step must or may follow; `undefined` if nothing may. */
  readonly step?: 'required' | 'optional';
  /** Whether it only makes sense while a run is open on the screen. */
  readonly needsRun?: boolean;
  readonly act: (state: State, step: string | undefined) => LineOutcome;
};

const buildOutcome = (action: Action, ...followUps: readonly Action[]): LineOutcome => ({
  outcome: {action, followUps},
});

const closeAction: Action = {type: 'field/kept'};

const listStepActions = (step: string | undefined): readonly Action[] =>
  step === undefined ? [] : [{type: 'step/selected', name: step}];

const createTabCommand = (tab: Tab): LineCommand => ({
  name: tab,
  step: 'optional',
  needsRun: true,
  act: (_, step) => buildOutcome(closeAction, ...listStepActions(step), {type: 'tab/chosen', tab}),
});

const isOnRun = ({screen, openRun}: State): boolean => screen.name === 'run' && openRun !== undefined;

/** Goes to the run list, if another screen is shown, and applies the actions there. */
const showRuns = (state: State, ...actions: readonly Action[]): LineOutcome => {
  if (state.screen.name === 'runs') {
    return buildOutcome(closeAction, ...actions);
  }

  const problem = explainNoRunList(state);
  return problem === undefined ? buildOutcome(closeAction, {type: 'runs/shown'}, ...actions) : {problem};
};

const lineCommands: readonly LineCommand[] = [
  {name: 'runs', act: state => showRuns(state)},
  {
    name: 'step',
    step: 'required',
    needsRun: true,
    act: (_, step) => buildOutcome(closeAction, ...listStepActions(step)),
  },
  ...tabs.map(createTabCommand),
  {name: 'help', act: () => buildOutcome(closeAction, {type: 'help/toggled'})},
  {name: 'quit', act: () => ({outcome: {action: closeAction, effect: {type: 'quit', isInterrupt: false}}})},
];

const findSavedFilter = (name: string, {filters}: State['session']): string | undefined =>
  filters && getOwn(filters, name);

/** `logs` or `log`, `quit` or `q`: an unambiguous beginning is enough, unless a saved filter has that name. */
const findLineCommand = (word: string, {session}: State): LineCommand | undefined => {
  const matches =
    findSavedFilter(word, session) === undefined ? lineCommands.filter(({name}) => name.startsWith(word)) : [];
  return lineCommands.find(({name}) => name === word) ?? (matches.length === 1 ? matches[0] : undefined);
};

/** The names of the steps of the open run. Its map of indexes may already contain steps of a later table. */
const getStepNames = ({openRun}: State): readonly string[] =>
  openRun === undefined
    ? []
    : [...openRun.table.structure.indexByName]
        .filter(([, index]) => index < openRun.table.structure.length)
        .map(([name]) => name);

/**
 * The full name of the step of which the user typed the name, its beginning or another part; a problem unless exactly one matches.
 */
const findNamedStep = (typed: string, names: readonly string[]): string | {readonly problem: string} => {
  const wanted = typed.toLowerCase();
  const matches = [
    names.filter(name => name === typed),
    names.filter(name => name.toLowerCase().startsWith(wanted)),
    names.filter(name => name.toLowerCase().includes(wanted)),
  ].find(found => found.length > 0);
  if (matches === undefined) {
    return {problem: `no step “${typed}”`};
  }

  return matches.length === 1 && matches[0] !== undefined ? matches[0] : {problem: `several steps match “${typed}”`};
};

const selectStepNumber = (number: string): LineOutcome =>
  buildOutcome(
    closeAction,
    {type: 'field/opened', purpose: 'step-number'},
    {type: 'field/typed', text: number},
    {type: 'field/kept'},
  );

const rejectArgument = (name: string): LineOutcome => ({problem: `${name} takes no argument`});

/** Returns what a line typed after `:` does, or why that cannot be done. */
export const findLineOutcome = (state: State, line: string): LineOutcome => {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const argument = rest.join(' ');
  if (word === '') {
    return buildOutcome(closeAction);
  }

  if (/^\d+$/.test(word)) {
    return argument !== ''
      ? rejectArgument(word)
      : isOnRun(state)
        ? selectStepNumber(word)
        : {problem: 'no run is open'};
  }

  const command = findLineCommand(word, state);
  const filter = findSavedFilter(word, state.session);
  if (command === undefined) {
    return filter === undefined
      ? {problem: `unknown command “${word}”`}
      : argument === ''
        ? showRuns(state, {type: 'runs/filtered', text: filter})
        : rejectArgument(word);
  }

  if (command.needsRun === true && !isOnRun(state)) {
    return {problem: 'no run is open'};
  }

  if (argument === '') {
    return command.step === 'required' ? {problem: `${command.name} needs a step name`} : command.act(state, undefined);
  }

  if (command.step === undefined) {
    return rejectArgument(command.name);
  }

  const step = findNamedStep(argument, getStepNames(state));
  return typeof step === 'string' ? command.act(state, step) : step;
};

/** What can be typed after `:` now: a command or a saved filter, then the name of a step. */
export const buildCommandVocabulary = (state: State): Vocabulary => {
  const [word, ...rest] = (state.field?.text ?? '').trimStart().split(/\s+/);
  const command = rest.length === 0 ? undefined : findLineCommand(word ?? '', state);
  const names = lineCommands.filter(({needsRun}) => needsRun !== true || isOnRun(state)).map(({name}) => name);
  const words =
    rest.length === 0
      ? [...names, ...Object.keys(state.session.filters ?? {})]
      : command?.step === undefined
        ? []
        : getStepNames(state);
  return {words, keys: [], getValues: () => []};
};
