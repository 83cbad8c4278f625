import type {Intervention} from '../domain/intervention/intervention.js';
import {explainNoStop} from '../domain/intervention/stop.js';
import {formatInterventionCommand, listRunCommands} from '../domain/intervention/zenml-command.js';
import {canStopRuns, hasQuestions} from '../domain/server.js';
import {isFinished} from '../domain/status.js';
import {findLatestAttempt} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {findPendingQuestion} from '../store/intervention/question-needs.js';
import {getConfirmationWord} from '../store/intervention/reduce-intervention.js';
import type {OpenRun} from '../store/run/open-run.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';

/** Why nothing can be done to the open run; `undefined` if something may be. */
const explainNoIntervention = ({session, intervention, openRun}: State): string | undefined => {
  if (session.replaySpeed !== undefined) {
    return 'not available in a recording';
  }

  if (session.isReadOnly) {
    return 'not available: read-only';
  }

  if (intervention !== undefined) {
    return 'wait until the server has answered';
  }

  return openRun?.run === undefined ? 'loading the run…' : undefined;
};

const explainNoStopping = (state: State): string | undefined => {
  const reason = explainNoIntervention(state);
  const run = state.openRun?.run;
  if (reason !== undefined || run === undefined) {
    return reason;
  }

  return canStopRuns(state.server)
    ? explainNoStop(run)
    : `this server (${state.server?.version}) cannot stop runs: that needs ZenML 0.84`;
};

const explainNoForce = (state: State): string | undefined =>
  explainNoStopping(state) ??
  (state.openRun?.run?.waitCondition === undefined ? undefined : 'the run waits for an answer: x aborts it');

const explainNoRefresh = (state: State): string | undefined => {
  const {openRun, server} = state;
  const reason = explainNoIntervention(state);
  if (reason !== undefined) {
    return reason;
  }

  if (!canStopRuns(server)) {
    return `this server (${server?.version}) cannot refresh runs from here: that needs ZenML 0.84`;
  }

  if (openRun?.run?.status === 'stopping') {
    return 'the run is stopping';
  }

  return openRun?.page.stack?.orchestrator?.flavor === 'local'
    ? 'a local orchestrator cannot report the status of a run'
    : undefined;
};

const explainNoAnswer = (state: State): string | undefined => {
  const {openRun, server} = state;
  const reason = explainNoIntervention(state);
  if (reason !== undefined || openRun === undefined) {
    return reason;
  }

  if (findPendingQuestion(openRun) !== undefined) {
    return undefined;
  }

  if (openRun.overAt === undefined && openRun.run?.waitCondition !== undefined) {
    return 'loading the question…';
  }

  return hasQuestions(server)
    ? 'the run does not wait for an answer'
    : `runs on this server (${server?.version}) cannot ask: that needs ZenML 0.94.1`;
};

const confirm = (intervention: Intervention): CommandOutcome => ({action: {type: 'confirming/opened', intervention}});

const stop = ({openRun}: State, isForced: boolean): CommandOutcome => {
  const runId = openRun?.runId;
  const wait = openRun?.run?.waitCondition;
  if (runId === undefined) {
    return {action: {type: 'dialog/closed'}};
  }

  return confirm(wait === undefined ? {kind: 'stop', runId, isForced} : {kind: 'abort', runId, questionId: wait.id});
};

/** A question that takes no value needs no form. */
const answer = ({openRun}: State): CommandOutcome => {
  const question = openRun && findPendingQuestion(openRun);
  if (openRun === undefined || question === undefined) {
    return {action: {type: 'dialog/closed'}};
  }

  return question.schema === null
    ? confirm({kind: 'answer', runId: openRun.runId, questionId: question.id, value: undefined})
    : {action: {type: 'answering/opened', question}};
};

const listUnfinishedIds = ({table}: OpenRun): readonly string[] =>
  [...iterateSteps(table)].flatMap(step => {
    const attempt = findLatestAttempt(step);
    return attempt === undefined || isFinished(attempt.status) ? [] : [attempt.id];
  });

const openCommands = ({openRun}: State): CommandOutcome => ({
  action: {
    type: 'copying/opened',
    title: 'commands',
    choices: openRun?.run === undefined ? [] : listRunCommands(openRun.run, listUnfinishedIds(openRun)),
  },
});

/** Carries out what has been confirmed. */
const carryOut = ({screen}: State): CommandOutcome =>
  screen.name === 'confirming'
    ? {action: {type: 'dialog/closed'}, effect: {type: 'intervene', intervention: screen.intervention}}
    : {action: {type: 'dialog/closed'}};

const needsWord = ({screen}: State): boolean =>
  screen.name === 'confirming' && getConfirmationWord(screen.intervention) !== undefined;

/** Commands that change the run, each after a confirmation. */
export const interventionCommands: readonly Command[] = [
  {
    id: 'question.answer',
    keys: ['a'],
    title: 'answer the question that the run waits for',
    short: state => (explainNoAnswer(state) === undefined ? 'answer' : undefined),
    on: ['list', 'pane'],
    whyNot: explainNoAnswer,
    act: answer,
  },
  {
    id: 'run.stop',
    keys: ['x'],
    title: 'stop the run gracefully; if it waits for an answer, abort it',
    on: ['list', 'pane'],
    whyNot: explainNoStopping,
    act: state => stop(state, false),
  },
  {
    id: 'run.forceStop',
    keys: ['X'],
    title: 'stop the run by force',
    on: ['list', 'pane'],
    whyNot: explainNoForce,
    act: state => stop(state, true),
  },
  {
    id: 'run.refresh',
    keys: ['R'],
    title: 'refresh the status of the run from its orchestrator',
    on: ['list', 'pane'],
    whyNot: explainNoRefresh,
    act: ({openRun}) =>
      openRun === undefined ? {action: {type: 'dialog/closed'}} : confirm({kind: 'refresh', runId: openRun.runId}),
  },
  {
    id: 'run.commands',
    keys: ['A'],
    title: 'copy commands: resume, retry, replay, end a dead run',
    on: ['list', 'pane'],
    whyNot: ({openRun}) => (openRun?.run === undefined ? 'loading the run…' : undefined),
    act: openCommands,
  },
  {
    id: 'confirming.confirm',
    keys: ['y'],
    title: 'carry it out',
    short: state => (needsWord(state) ? undefined : 'yes'),
    on: ['confirming'],
    act: carryOut,
  },
  {
    id: 'confirming.copy',
    keys: ['c'],
    title: 'copy the command that does the same',
    short: state => (needsWord(state) ? undefined : 'copy command'),
    on: ['confirming'],
    act: ({screen}) =>
      screen.name === 'confirming'
        ? {effect: {type: 'copy', text: formatInterventionCommand(screen.intervention), what: 'command'}}
        : {action: {type: 'dialog/closed'}},
  },
  {
    id: 'confirming.close',
    keys: ['escape', 'return'],
    title: 'leave without doing anything; so does any other key',
    short: 'back',
    on: ['confirming'],
    act: () => ({action: {type: 'dialog/closed'}}),
  },
];
