import type {Intervention} from '../domain/intervention/intervention.js';
import {formatInterventionCommand} from '../domain/intervention/zenml-command.js';
import {findConfirmationWord} from '../store/intervention/reduce-intervention.js';
import {selectTargetRun} from '../store/intervention/target.js';
import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import type {Command, CommandOutcome} from './command.js';
import {
  explainNoAnswer,
  explainNoForce,
  explainNoRefresh,
  explainNoStopping,
  explainNoTarget,
} from './explain-interventions.js';
import {buildAnswerTarget, buildStop, openInterventionMenu} from './intervention-menu.js';
import {openMenuTarget} from './menu-commands.js';

const closeDialogOutcome = {action: {type: 'dialog/closed'}} as const;

const stop = (state: State, isForced: boolean): CommandOutcome => {
  const run = selectTargetRun(state);
  return run === undefined
    ? closeDialogOutcome
    : {action: {type: 'confirming/opened', intervention: buildStop(run, isForced)}};
};

const answer = ({openRun}: State): CommandOutcome => {
  const target = openRun && buildAnswerTarget(openRun);
  return target === undefined ? closeDialogOutcome : {action: openMenuTarget(target)};
};

/** Whether a graceful stop that could also be forced is being confirmed. */
const canForceInstead = (state: State): boolean =>
  state.screen.name === 'confirming' &&
  state.screen.intervention.kind === 'stop' &&
  !state.screen.intervention.isForced &&
  getBaseScreen(state.screen).name !== 'runs' &&
  explainNoForce(state) === undefined;

const forceInstead = (state: State): CommandOutcome => {
  const run = selectTargetRun(state);
  return run === undefined || !canForceInstead(state)
    ? closeDialogOutcome
    : {...closeDialogOutcome, followUps: [{type: 'confirming/opened', intervention: buildStop(run, true)}]};
};

/** Carries out the confirmed intervention unless it is no longer possible. */
export const confirmIntervention = (state: State): CommandOutcome => {
  const {screen} = state;
  const reason = screen.name === 'confirming' ? explainImpossible(state, screen.intervention) : undefined;
  return reason === undefined
    ? sendConfirmed(state)
    : {...closeDialogOutcome, followUps: [{type: 'notice/shown', text: reason, tone: 'info'}]};
};

/** Why an intervention has become impossible. The server checks the kinds that are not listed, and its response is more specific. */
const explainImpossible = (state: State, intervention: Intervention): string | undefined => {
  switch (intervention.kind) {
    case 'stop':
      return intervention.isForced ? explainNoForce(state) : explainNoStopping(state);

    case 'refresh':
      return explainNoRefresh(state);

    default:
      return undefined;
  }
};

const sendConfirmed = ({screen}: State): CommandOutcome =>
  screen.name === 'confirming'
    ? {...closeDialogOutcome, effect: {type: 'intervene', intervention: screen.intervention}}
    : closeDialogOutcome;

const isWordRequired = ({screen}: State): boolean =>
  screen.name === 'confirming' && findConfirmationWord(screen.intervention) !== undefined;

/** Commands that change the run, each after a confirmation. */
export const interventionCommands: readonly Command[] = [
  {
    id: 'question.answer',
    keys: ['a'],
    title: 'answer the question that the run is waiting for',
    short: state => (explainNoAnswer(state) === undefined ? 'answer' : undefined),
    on: ['list', 'pane'],
    whyNot: explainNoAnswer,
    act: answer,
  },
  {
    id: 'run.stop',
    keys: ['x'],
    title: 'stop the run gracefully; if it is waiting for an answer, abort the question',
    on: ['list', 'pane', 'runs'],
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
      openRun === undefined
        ? closeDialogOutcome
        : {action: {type: 'confirming/opened', intervention: {kind: 'refresh', runId: openRun.runId}}},
  },
  {
    id: 'run.actions',
    keys: ['A'],
    title: 'list all actions, including tags, cache expiry, and commands to resume, retry, replay or end a run',
    on: ['list', 'pane', 'runs'],
    whyNot: explainNoTarget,
    act: openInterventionMenu,
  },
  {
    id: 'confirming.confirm',
    keys: ['y'],
    title: 'confirm',
    short: state => (isWordRequired(state) ? undefined : 'yes'),
    on: ['confirming'],
    act: confirmIntervention,
  },
  {
    id: 'confirming.force',
    keys: ['X'],
    title: 'stop by force instead',
    short: state => (canForceInstead(state) ? 'by force' : undefined),
    on: ['confirming'],
    act: forceInstead,
  },
  {
    id: 'confirming.copy',
    keys: ['c'],
    title: 'copy the command that does the same',
    short: state => (isWordRequired(state) ? undefined : 'copy command'),
    on: ['confirming'],
    act: ({screen}) =>
      screen.name === 'confirming'
        ? {effect: {type: 'copy', text: formatInterventionCommand(screen.intervention), what: 'command'}}
        : closeDialogOutcome,
  },
  {
    id: 'confirming.close',
    keys: ['escape', 'return'],
    title: 'cancel, as does any other key unless a word must be typed',
    short: 'back',
    on: ['confirming'],
    act: () => closeDialogOutcome,
  },
];
