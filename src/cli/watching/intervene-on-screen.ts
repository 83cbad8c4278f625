import type {Connection} from '../../connection/open-connection.js';
import {stringifyJson} from '../../domain/exact-number.js';
import type {Failure} from '../../domain/failure.js';
import {
  type Intervention,
  isForceUnsupported,
  isOutcomeUnknown,
  isRefreshUnsupported,
} from '../../domain/intervention/intervention.js';
import {countCells} from '../../format/cells.js';
import {explainInterventionFailure, formatInterventionDone} from '../../format/intervention-words.js';
import type {Store} from '../../store/store.js';
import {intervene} from '../intervening/intervene.js';

/** How long each request may take, in milliseconds. */
const maxRequestMs = 60_000;

/** Carries out an intervention unless another one is under way, and shows the outcome. Then everything is fetched again. */
export const interveneOnScreen = async (
  store: Store,
  connection: Connection,
  intervention: Intervention,
): Promise<void> => {
  if (store.get().intervention !== undefined || store.get().session.isReadOnly) {
    return;
  }

  store.dispatch({type: 'intervention/started', intervention});
  const response = await intervene(connection.interventions, intervention, AbortSignal.timeout(maxRequestMs));
  if (response.ok) {
    const done =
      (intervention.kind === 'refresh' ? await describeRefresh(store, connection, intervention) : undefined) ??
      formatInterventionDone(intervention);
    store.dispatch({type: 'intervention/ended', outcome: {kind: 'done', text: done}});
    store.dispatch({type: 'notice/shown', text: done, tone: 'news'});
    return;
  }

  const {failure} = response;
  const {server} = store.get();
  const {text, command} = explainInterventionFailure(intervention, failure, server?.version);
  if (isOutcomeUnknown(failure)) {
    store.dispatch({type: 'notice/shown', text: 'It may or may not have been carried out. Checking…', tone: 'problem'});
  }

  const currentState = await describeOutcome(connection, intervention, failure);
  const isStopping = isForceUnsupported(intervention, failure, server);
  const isUnsupported = isRefreshUnsupported(intervention, failure);
  store.dispatch({
    type: 'intervention/ended',
    outcome: isStopping ? {kind: 'done', text} : {kind: 'failed', isUnsupported},
  });
  const whole = currentState === undefined ? text : `${text} ${currentState}`;
  if (command !== undefined) {
    store.dispatch({type: 'menu/opened', title: text, entries: [{what: 'command', text: command}]});
  } else if (!isStopping && countCells(whole) > store.get().size.columns - sideCells) {
    store.dispatch({
      type: 'value/opened',
      title: isOutcomeUnknown(failure) ? 'connection lost' : 'not carried out',
      text: whole,
    });
  } else {
    store.dispatch({type: 'notice/shown', text: whole, tone: isStopping ? 'news' : 'problem'});
    return;
  }

  // A notice would cover the keys of the screen that has just been opened.
  store.dispatch({type: 'notice/dropped'});
};

/** The margins of the notice line; a text that does not fit there is shown on a screen of its own. */
const sideCells = 2;

/** The response to a refresh that changed nothing is the same as to one that did. */
const describeRefresh = async (
  store: Store,
  {client}: Connection,
  {runId}: Intervention,
): Promise<string | undefined> => {
  const before = store.get().openRun?.run?.status;
  const run = await client.fetchRun(runId, false, AbortSignal.timeout(maxRequestMs));
  return run.ok
    ? `refreshed from the orchestrator: the run is ${run.value.status === before ? `still ${before}` : `now ${run.value.status}`}`
    : undefined;
};

/** The current state on the server, if the failure does not say whether or by whom something was done. */
const describeOutcome = async (
  {client}: Connection,
  intervention: Intervention,
  failure: Failure,
): Promise<string | undefined> => {
  const isRefusedState = failure.kind === 'forbidden' && !failure.detail.startsWith('Insufficient permissions');
  if (!isOutcomeUnknown(failure) && !isRefusedState) {
    return undefined;
  }

  const run = await client.fetchRun(intervention.runId, false, AbortSignal.timeout(maxRequestMs));
  if (!run.ok) {
    return undefined;
  }

  const status = `The run is now ${run.value.status}.`;
  if (intervention.kind !== 'answer' && intervention.kind !== 'abort') {
    return status;
  }

  const {questionId, runId} = intervention;
  const questions = await client.fetchQuestions(runId, run.value.projectId, AbortSignal.timeout(maxRequestMs));
  const question = questions.ok ? questions.value.find(({id}) => id === questionId) : undefined;
  return question === undefined
    ? status
    : question.isPending
      ? 'The question is still open.'
      : `It was resolved with ${question.resolution}${question.result === null ? '' : ` ${stringifyJson(question.result)}`}.`;
};
