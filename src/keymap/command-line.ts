import type {Vocabulary} from '../domain/filter/completion.js';
import type {Action} from '../store/action.js';
import type {State} from '../store/state.js';
import {type Tab, tabs} from '../store/ui/pane.js';
import type {CommandOutcome} from './command.js';

/** What a line results in: what to do, or why it cannot be done. */
type LineOutcome = {readonly outcome: CommandOutcome} | {readonly problem: string};

type LineCommand = {
  readonly name: string;
  /** Whether the rest of the line is the name of a step; required or optional. */
  readonly step?: 'required' | 'optional';
  /** Whether it only makes sense while a run is open on the screen. */
  readonly needsRun?: boolean;
  readonly run: (state: State, step: string | undefined) => LineOutcome;
};

const dispatchAll = (action: Action, ...followUps: readonly Action[]): LineOutcome => ({
  outcome: {action, followUps},
});

const closeAction: Action = {type: 'field/kept'};

const goToStep = (step: string | undefined): readonly Action[] =>
  step === undefined ? [] : [{type: 'step/followed', name: step}];

const openTab = (tab: Tab): LineCommand => ({
  name: tab,
  step: 'optional',
  needsRun: true,
  run: (_, step) => dispatchAll(closeAction, ...goToStep(step), {type: 'tab/chosen', tab}),
});

const isOnRun = ({screen, openRun}: State): boolean => screen.name === 'run' && openRun !== undefined;

const lineCommands: readonly LineCommand[] = [
  {
    name: 'runs',
    run: state => (isOnRun(state) ? dispatchAll(closeAction, {type: 'runs/shown'}) : dispatchAll(closeAction)),
  },
  {name: 'step', step: 'required', needsRun: true, run: (_, step) => dispatchAll(closeAction, ...goToStep(step))},
  ...tabs.map(openTab),
  {name: 'help', run: () => dispatchAll(closeAction, {type: 'help/toggled'})},
  {name: 'quit', run: () => ({outcome: {action: closeAction, effect: {type: 'quit', isInterrupt: false}}})},
];

/** `logs` and `log`, `quit` and `q`: an unambiguous beginning is enough. */
const findLineCommand = (word: string): LineCommand | undefined => {
  const found = lineCommands.filter(({name}) => name.startsWith(word));
  return lineCommands.find(({name}) => name === word) ?? (found.length === 1 ? found[0] : undefined);
};

const getStepNames = ({openRun}: State): readonly string[] =>
  openRun === undefined
    ? []
    : [...openRun.table.structure.indexByName]
        .filter(([, index]) => index < openRun.table.structure.length)
        .map(([name]) => name);

/** The step with this name, or the only one that starts with it or contains it. */
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

  return matches.length === 1 && matches[0] !== undefined
    ? matches[0]
    : {problem: `${matches.length} steps match “${typed}”`};
};

const showFilter = (state: State, text: string): LineOutcome =>
  isOnRun(state)
    ? dispatchAll(closeAction, {type: 'runs/shown'}, {type: 'runs/filtered', text})
    : dispatchAll(closeAction, {type: 'runs/filtered', text});

const selectStepNumber = (number: string): LineOutcome =>
  dispatchAll(
    closeAction,
    {type: 'field/opened', purpose: 'step-number'},
    {type: 'field/typed', text: number},
    {type: 'field/kept'},
  );

/** Carries out a line that was typed after `:`. */
export const runCommandLine = (state: State, line: string): LineOutcome => {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const argument = rest.join(' ');
  if (word === '') {
    return dispatchAll(closeAction);
  }

  if (/^\d+$/.test(word)) {
    return isOnRun(state) ? selectStepNumber(word) : {problem: 'no run is open'};
  }

  const command = findLineCommand(word);
  const filter = state.session.filters?.[word];
  if (command === undefined) {
    return filter === undefined ? {problem: `unknown command “${word}”`} : showFilter(state, filter);
  }

  if (command.needsRun === true && !isOnRun(state)) {
    return {problem: 'no run is open'};
  }

  if (argument === '') {
    return command.step === 'required' ? {problem: `${command.name} needs a step name`} : command.run(state, undefined);
  }

  if (command.step === undefined) {
    return {problem: `${command.name} takes no argument`};
  }

  const step = findNamedStep(argument, getStepNames(state));
  return typeof step === 'string' ? command.run(state, step) : step;
};

/** What can be typed after `:` now: a command, then the name of a step. */
export const buildCommandVocabulary = (state: State): Vocabulary => {
  const [word, ...rest] = (state.field?.text ?? '').split(/\s+/);
  const command = rest.length === 0 ? undefined : findLineCommand(word ?? '');
  const names = lineCommands.filter(({needsRun}) => needsRun !== true || isOnRun(state)).map(({name}) => name);
  const words =
    rest.length === 0
      ? [...names, ...Object.keys(state.session.filters ?? {})]
      : command?.step === undefined
        ? []
        : getStepNames(state);
  return {words, keys: [], getValues: () => []};
};
