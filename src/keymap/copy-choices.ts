import type {CopyText} from '../domain/mark.js';
import {runUrl} from '../domain/run-url.js';
import {shownAttempt, shownDetail, shownStep} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Outcome} from './command.js';
import {type Frame, markUnderCursor} from './frame.js';

/** What can be copied here: first what the cursor is on, then the exception, the step and the run. */
export const copyChoices = (state: State, frame: Frame): readonly CopyText[] => [
  ...(markUnderCursor(frame)?.copies ?? []),
  ...exceptionChoices(state),
  ...stepChoices(state),
  ...runChoices(state),
];

export const copyingOpened = (state: State, frame: Frame): Outcome => ({
  action: {type: 'copying/opened', title: 'copy', choices: copyChoices(state, frame)},
});

export const openedRunUrl = ({watch, server, session}: State): string | undefined =>
  watch?.run && runUrl({run: watch.run, server, serverUrl: session.serverUrl, projectName: session.project?.name});

const exceptionChoices = (state: State): readonly CopyText[] => {
  const exception = shownDetail(state)?.exception;
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

const stepChoices = (state: State): readonly CopyText[] => {
  const step = state.watch && shownStep(state.watch);
  const attempt = shownAttempt(state);
  return [
    ...(step === undefined ? [] : [{what: 'step name', text: step.name}]),
    ...(attempt === undefined ? [] : [{what: 'step id', text: attempt.id}]),
  ];
};

const runChoices = (state: State): readonly CopyText[] => {
  const {watch} = state;
  if (watch === undefined) {
    return [];
  }

  const url = openedRunUrl(state);
  return [
    ...(watch.run === undefined ? [] : [{what: 'run name', text: watch.run.name}]),
    {what: 'run id', text: watch.runId},
    ...(url === undefined ? [] : [{what: 'run URL', text: url}]),
  ];
};
