import type {CopyText} from '../domain/mark.js';
import {buildRunUrl} from '../domain/run-url.js';
import {findShownStep, selectShownAttempt, selectShownDetail} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import {findMarkUnderCursor, type ScreenFrame} from './frame.js';

/** What can be copied now: first the entry under the cursor, then the exception, the step and the run. */
export const selectCopyTexts = (state: State, frame: ScreenFrame): readonly CopyText[] => [
  ...(findMarkUnderCursor(frame)?.copyTexts ?? []),
  ...selectExceptionTexts(state),
  ...selectStepTexts(state),
  ...selectRunTexts(state),
];

export const openCopyMenu = (state: State, frame: ScreenFrame): CommandOutcome => ({
  action: {type: 'menu/opened', title: 'copy', entries: selectCopyTexts(state, frame)},
});

export const selectOpenRunUrl = ({openRun, server, session}: State): string | undefined =>
  openRun?.run &&
  buildRunUrl({run: openRun.run, server, serverUrl: session.serverUrl, projectName: session.project?.name});

const selectExceptionTexts = (state: State): readonly CopyText[] => {
  const exception = selectShownDetail(state)?.exception;
  if (exception === undefined) {
    return [];
  }

  const {source, message, traceback} = exception;
  const words = [source, message].filter(text => text !== undefined && text !== '').join(': ');
  return [
    ...(words === '' ? [] : [{what: 'exception', text: words}]),
    ...(traceback === undefined ? [] : [{what: 'traceback', text: traceback}]),
  ];
};

const selectStepTexts = (state: State): readonly CopyText[] => {
  const step = state.openRun && findShownStep(state.openRun);
  const attempt = selectShownAttempt(state);
  return [
    ...(step === undefined ? [] : [{what: 'step name', text: step.name}]),
    ...(attempt === undefined ? [] : [{what: 'step ID', text: attempt.id}]),
  ];
};

const selectRunTexts = (state: State): readonly CopyText[] => {
  const {openRun} = state;
  if (openRun === undefined) {
    return [];
  }

  const url = selectOpenRunUrl(state);
  return [
    ...(openRun.run === undefined ? [] : [{what: 'run name', text: openRun.run.name}]),
    {what: 'run ID', text: openRun.runId},
    ...(url === undefined ? [] : [{what: 'run URL', text: url}]),
  ];
};
