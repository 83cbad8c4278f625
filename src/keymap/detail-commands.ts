import {findShownStep, selectLayout, selectShownAttempt, selectShownDetail} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {codeDiffSection, tabs} from '../store/ui/pane.js';
import type {Command} from './command.js';
import {detailsHiddenText, explainNoScroll, scrollPane} from './scroll-pane.js';

/** The overview shortens longer lists of inputs and outputs until they are expanded (`format/detail/artifact-lines.ts`). */
const longListLength = 8;

const explainHiddenDetails = (state: State): string | undefined =>
  selectLayout(state).pane === undefined ? detailsHiddenText : undefined;

const explainNothingToExpand = (state: State): string | undefined => {
  if (state.openRun?.pane.tab !== 'overview') {
    return 'nothing to expand here';
  }

  const detail = selectShownDetail(state);
  const {inputs = [], outputs = []} = selectShownAttempt(state) ?? {};
  const isLong = inputs.length > longListLength || outputs.length > longListLength;
  return isLong || detail?.exception?.traceback !== undefined ? undefined : 'nothing to expand here';
};

const explainNoAttempt = (state: State, by: 1 | -1): string | undefined => {
  const step = state.openRun && findShownStep(state.openRun);
  if (step === undefined) {
    return 'select a step to see its attempts';
  }

  const {attempts} = step;
  if (attempts.length < 2) {
    return attempts.length === 0 ? 'this step has not started yet' : 'there is only one attempt';
  }

  const shown = selectShownAttempt(state);
  if (by === -1) {
    return shown === attempts[0] ? 'this is the first attempt' : undefined;
  }

  return shown === attempts.at(-1) ? 'this is the latest attempt' : undefined;
};

const explainNoDiff = ({openRun}: State): string | undefined => {
  if (openRun?.pane.tab !== 'code') {
    return 'open the Code tab to see the diff';
  }

  return findShownStep(openRun) === undefined ? 'select a step to see its diff' : undefined;
};

const tabCommands: readonly Command[] = [
  {
    id: 'tab.choose',
    keys: tabs.map((_, index) => String(index + 1)),
    title: 'go to tab',
    on: ['list', 'pane'],
    act: (_state, _frame, key) => ({action: {type: 'tab/chosen', tab: tabs[Number(key) - 1] ?? 'overview'}}),
  },
  {
    id: 'tab.next',
    keys: [']', 'tab'],
    title: 'go to next tab',
    short: 'tab',
    on: ['list', 'pane'],
    act: () => ({action: {type: 'tab/stepped', by: 1}}),
  },
  {
    id: 'tab.previous',
    keys: ['[', 'shift-tab'],
    title: 'go to previous tab',
    short: 'tab',
    on: ['list', 'pane'],
    act: () => ({action: {type: 'tab/stepped', by: -1}}),
  },
];

/** Commands for the details of the selected step, in the list and in the full-screen pane. */
export const detailCommands: readonly Command[] = [
  {
    id: 'details.scrollDown',
    keys: ['J', 'ctrl-e'],
    title: 'scroll the details down',
    short: 'scroll',
    on: ['list'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(1, state, frame),
  },
  {
    id: 'details.scrollUp',
    keys: ['K', 'ctrl-y'],
    title: 'scroll the details up',
    short: 'scroll',
    on: ['list'],
    whyNot: explainNoScroll,
    act: (state, frame) => scrollPane(-1, state, frame),
  },
  {
    id: 'details.expand',
    keys: ['u'],
    title: 'expand or collapse the traceback and long lists',
    short: state => (selectShownDetail(state)?.exception?.traceback === undefined ? 'long lists' : 'traceback'),
    on: ['list', 'pane'],
    whyNot: state => explainHiddenDetails(state) ?? explainNothingToExpand(state),
    act: () => ({action: {type: 'section/toggled', section: 'details'}}),
  },
  {
    id: 'code.diff',
    keys: ['d'],
    title: 'toggle code diff against the last run',
    short: state => (explainNoDiff(state) === undefined ? 'diff' : undefined),
    on: ['list', 'pane'],
    whyNot: state => explainHiddenDetails(state) ?? explainNoDiff(state),
    act: () => ({action: {type: 'section/toggled', section: codeDiffSection}}),
  },
  {
    id: 'attempt.previous',
    keys: ['<'],
    title: 'show previous attempt',
    short: 'attempt',
    on: ['list', 'pane'],
    whyNot: state => explainNoAttempt(state, -1) ?? explainHiddenDetails(state),
    act: () => ({action: {type: 'attempt/stepped', by: -1}}),
  },
  {
    id: 'attempt.next',
    keys: ['>'],
    title: 'show next attempt',
    short: 'attempt',
    on: ['list', 'pane'],
    whyNot: state => explainNoAttempt(state, 1) ?? explainHiddenDetails(state),
    act: () => ({action: {type: 'attempt/stepped', by: 1}}),
  },
  ...tabCommands,
];
