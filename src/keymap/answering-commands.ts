import {buildAnswerForm, formatAnswerValue, parseAnswer} from '../domain/intervention/answer-form.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';

/** Checks the answer; a valid one must still be confirmed. */
const submit = ({screen, openRun}: State): CommandOutcome => {
  if (screen.name !== 'answering' || openRun === undefined) {
    return {action: {type: 'dialog/closed'}};
  }

  const parsed = parseAnswer(buildAnswerForm(screen.question.schema), screen.texts);
  return parsed.ok
    ? {
        action: {
          type: 'confirming/opened',
          intervention: {
            kind: 'answer',
            runId: openRun.runId,
            questionId: screen.question.id,
            value: parsed.value,
          },
        },
      }
    : {action: {type: 'answering/rejected', field: parsed.field, message: parsed.message}};
};

/** Enter goes to the next field, and on the last one checks the answer. */
const goToNextOrSubmit = (state: State): CommandOutcome =>
  state.screen.name === 'answering' && state.screen.focus < state.screen.texts.length - 1
    ? {action: {type: 'answering/moved', by: 1}}
    : submit(state);

const findChoices = ({screen}: State): readonly string[] =>
  screen.name === 'answering'
    ? (buildAnswerForm(screen.question.schema).fields[screen.focus]?.choices ?? []).map(formatAnswerValue)
    : [];

const choose = (state: State, by: 1 | -1): CommandOutcome => {
  const {screen} = state;
  const choices = findChoices(state);
  const current = screen.name === 'answering' ? choices.indexOf(screen.texts[screen.focus] ?? '') : -1;
  const next = current === -1 ? (by === 1 ? 0 : choices.length - 1) : (current + by + choices.length) % choices.length;
  return {action: {type: 'answering/typed', text: choices[next] ?? ''}};
};

const explainNoChoices = (state: State): string | undefined =>
  findChoices(state).length === 0 ? 'this field has no choices: type a value' : undefined;

/** Commands of the form for an answer; other keys are typed into it. */
export const answeringCommands: readonly Command[] = [
  {
    id: 'answering.continue',
    keys: ['return'],
    title: 'go to next field; on the last one, check the answer',
    short: 'ok',
    on: ['answering'],
    act: goToNextOrSubmit,
  },
  {
    id: 'answering.submit',
    keys: ['ctrl-s'],
    title: 'check the answer',
    on: ['answering'],
    act: submit,
  },
  {
    id: 'answering.next',
    keys: ['tab', 'down'],
    title: 'go to next field',
    short: ({screen}) => (screen.name === 'answering' && screen.texts.length > 1 ? 'next' : undefined),
    on: ['answering'],
    act: () => ({action: {type: 'answering/moved', by: 1}}),
  },
  {
    id: 'answering.previous',
    keys: ['shift-tab', 'up'],
    title: 'go to previous field',
    on: ['answering'],
    act: () => ({action: {type: 'answering/moved', by: -1}}),
  },
  {
    id: 'answering.nextChoice',
    keys: ['right'],
    title: 'select next choice',
    short: 'choose',
    on: ['answering'],
    whyNot: explainNoChoices,
    act: state => choose(state, 1),
  },
  {
    id: 'answering.previousChoice',
    keys: ['left'],
    title: 'select previous choice',
    on: ['answering'],
    whyNot: explainNoChoices,
    act: state => choose(state, -1),
  },
  {
    id: 'answering.close',
    keys: ['escape'],
    title: 'leave the question open',
    short: 'back',
    on: ['answering'],
    act: () => ({action: {type: 'dialog/closed'}}),
  },
];
