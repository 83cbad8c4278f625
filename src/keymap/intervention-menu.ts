import type {Intervention} from '../domain/intervention/intervention.js';
import {parseTags} from '../domain/intervention/tags.js';
import {formatInterventionCommand, listRunCommands} from '../domain/intervention/zenml-command.js';
import {isFinished} from '../domain/status.js';
import {findLatestAttempt} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {findPendingQuestion} from '../store/intervention/question-needs.js';
import {formatTargetRun, selectTargetRun, type TargetRun} from '../store/intervention/target.js';
import type {OpenRun} from '../store/run/open-run.js';
import {isSourceLoading} from '../store/run-page/run-page-needs.js';
import {findShownStep, selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {getBaseScreen, type MenuEntry, type MenuTarget} from '../store/ui/screen.js';
import type {CommandOutcome} from './command.js';
import {
  explainNoAnswer,
  explainNoExpiry,
  explainNoForce,
  explainNoRefresh,
  explainNoStopping,
  explainNoTags,
  findWorkingStepId,
} from './explain-interventions.js';

/** What stops the run: if it is waiting for an answer, aborting the question, since the server would lose a request to stop. */
export const buildStop = (run: TargetRun, isForced: boolean): Intervention =>
  run.waitCondition === undefined
    ? {kind: 'stop', runId: run.id, isForced}
    : {kind: 'abort', runId: run.id, questionId: run.waitCondition.id};

/** What answers the pending question: a form, or only a confirmation if it takes no value. `undefined` if no question is known. */
export const buildAnswerTarget = (openRun: OpenRun): MenuTarget | undefined => {
  const question = findPendingQuestion(openRun);
  return question === undefined
    ? undefined
    : question.schema === null
      ? {
          kind: 'confirmation',
          intervention: {kind: 'answer', runId: openRun.runId, questionId: question.id, value: undefined},
        }
      : {kind: 'question', question};
};

/**
 * Opens the menu of all that zentop can do to the run, and of commands to copy for what it cannot do. Actions that are not possible
 * now are listed with the reason.
 */
export const openInterventionMenu = (state: State): CommandOutcome => {
  const run = selectTargetRun(state);
  const title = run === undefined ? 'actions' : `actions: ${formatTargetRun(run)}`;
  return {action: {type: 'menu/opened', title, entries: listActions(state), isLive: true}};
};

/** The entries of the open menu, as they are now. */
export const selectMenuEntries = (state: State): readonly MenuEntry[] => {
  const {screen} = state;
  return screen.name !== 'menu' ? [] : screen.isLive ? listActions(state) : screen.entries;
};

/** The index of the selected entry of the open menu. */
export const selectMenuIndex = (state: State): number =>
  state.screen.name === 'menu'
    ? Math.max(0, Math.min(state.screen.selectedIndex, selectMenuEntries(state).length - 1))
    : 0;

const listActions = (state: State): readonly MenuEntry[] => {
  const run = selectTargetRun(state);
  const openRun = getBaseScreen(state.screen).name === 'runs' ? undefined : state.openRun;
  return run === undefined
    ? []
    : [
        ...listInterventions(state, run, openRun),
        ...listRunCommands(
          run,
          openRun && listUnfinishedIds(openRun),
          state.server,
          openRun && getSource(state, openRun),
        ),
      ];
};

const getSource = (state: State, openRun: OpenRun) =>
  isSourceLoading(state, openRun) ? 'loading' : openRun.page.source;

const listInterventions = (state: State, run: TargetRun, openRun: OpenRun | undefined): readonly MenuEntry[] => {
  const createEntry = (
    what: string,
    about: string,
    whyNot: string | undefined,
    intervention: Intervention,
  ): MenuEntry => ({
    what,
    about,
    text: whyNot ?? formatInterventionCommand(intervention),
    opens: {kind: 'confirmation', intervention},
    whyNot,
  });
  const stop = buildStop(run, false);
  return [
    ...(openRun === undefined ? [] : [buildAnswerEntry(state, openRun)]),
    stop.kind === 'abort'
      ? createEntry('abort the question', 'stops the run at once', explainNoStopping(state), stop)
      : createEntry('stop gracefully', 'no further steps start', explainNoStopping(state), stop),
    createEntry('stop by force', 'ends running steps too', explainNoForce(state), {
      kind: 'stop',
      runId: run.id,
      isForced: true,
    }),
    ...(openRun === undefined
      ? []
      : [
          createEntry('refresh', 'gets its status from the orchestrator', explainNoRefresh(state), {
            kind: 'refresh',
            runId: run.id,
          }),
          ...listExpiryEntries(state, run),
        ]),
    buildTagsEntry(state, run),
  ];
};

const buildAnswerEntry = (state: State, openRun: OpenRun): MenuEntry => {
  const whyNot = explainNoAnswer(state);
  const opens = buildAnswerTarget(openRun);
  const text = whyNot ?? findPendingQuestion(openRun)?.text ?? '';
  return {what: 'answer the question', text, whyNot, ...(opens === undefined ? {} : {opens})};
};

const listExpiryEntries = (state: State, run: TargetRun): readonly MenuEntry[] => {
  const whyNot = explainNoExpiry(state);
  const stepId = findWorkingStepId(state);
  const step = state.openRun && findShownStep(state.openRun);
  if (stepId === undefined || step === undefined) {
    return [{what: 'expire the cache', text: whyNot ?? '', whyNot: whyNot ?? 'select a step'}];
  }

  const intervention: Intervention = {
    kind: 'expire-cache',
    runId: run.id,
    stepId,
    stepName: step.name,
    at: selectServerNow(state),
  };
  const text = whyNot ?? formatInterventionCommand(intervention);
  const about = `later runs do not reuse ${step.name}`;
  return [{what: 'expire the cache', text, about, opens: {kind: 'confirmation', intervention}, whyNot}];
};

const buildTagsEntry = (state: State, {tags}: TargetRun): MenuEntry => {
  const whyNot = explainNoTags(state);
  const current = tags.length === 0 ? 'it has no tags' : `now: ${tags.join(', ')}`;
  return {what: 'change tags', text: whyNot ?? current, opens: {kind: 'tags'}, whyNot};
};

/** Accepts the line with tags; what it changes must still be confirmed. */
export const acceptTags = (state: State, text: string): CommandOutcome => {
  const run = selectTargetRun(state);
  const parsed = parseTags(text);
  if (run === undefined) {
    return {action: {type: 'field/cleared'}};
  }

  if (!parsed.ok) {
    return {action: {type: 'notice/shown', text: parsed.message, tone: 'info'}};
  }

  const {add, remove} = parsed;
  const intervention: Intervention = {kind: 'tag', runId: run.id, add, remove};
  return {action: {type: 'field/kept'}, followUps: [{type: 'confirming/opened', intervention}]};
};

/** The IDs of step runs that have not ended. */
const listUnfinishedIds = ({table}: OpenRun): readonly string[] =>
  [...iterateSteps(table)].flatMap(step => {
    const attempt = findLatestAttempt(step);
    return attempt === undefined || isFinished(attempt.status) ? [] : [attempt.id];
  });
