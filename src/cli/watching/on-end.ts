import {spawn} from 'node:child_process';
import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps} from '../../domain/step-table.js';
import {sanitizeText} from '../../format/safe-text.js';
import {getDurationMs, type KnownRun, selectKnownRun} from '../../report/known-run.js';
import {selectRunUrl} from '../../report/summary.js';
import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';

/**
 * Starts a program when a run that was seen in progress ends: without a shell, and with the outcome of the run in its
 * environment. The program may outlive zentop. `onProblem` is called if it cannot be started, or fails before zentop exits.
 * Returns a function that cancels it.
 */
export const startOnEnd = (
  store: Store,
  command: readonly string[],
  onProblem: (text: string) => void,
): (() => void) => {
  const [program, ...args] = command;
  if (program === undefined) {
    return () => {};
  }

  let wasOver = store.get().openRun?.overAt !== undefined;
  return store.subscribe(() => {
    const state = store.get();
    const known = selectKnownRun(state);
    if (known?.isOver === true && !wasOver) {
      startOnEndProgram(program, args, buildOnEndVariables(state, known), onProblem);
    }

    wasOver = known?.isOver ?? wasOver;
  });
};

const startOnEndProgram = (
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  onProblem: (text: string) => void,
): void => {
  const child = spawn(program, args, {stdio: 'ignore', detached: true, env: {...process.env, ...variables}});
  child.on('error', error =>
    onProblem(`--on-end: could not start ${sanitizeText(program)}: ${sanitizeText(error.message)}`),
  );
  // Only reported if zentop is still running.
  child.on('exit', code => {
    if (code !== null && code !== 0) {
      onProblem(`--on-end: ${sanitizeText(program)} exited with code ${code}`);
    }
  });
  child.unref();
};

/** The variables for the program; texts of the server without control characters. */
export const buildOnEndVariables = (state: State, known: KnownRun): Readonly<Record<string, string>> => {
  const {run, table} = known;
  const failed = [...iterateSteps(table)].filter(step => findLatestAttempt(step)?.status === 'failed');
  const durationMs = getDurationMs({startedAt: run.startedAt, endedAt: run.endedAt}, known);
  const variables = {
    RUN_ID: run.id,
    RUN_NAME: run.name,
    PIPELINE: run.pipeline?.name ?? '',
    STATUS: run.statusWord,
    DURATION_S: durationMs === undefined ? '' : String(durationMs / 1000),
    FAILED_STEPS: failed.map(({name}) => name).join(' '),
    URL: selectRunUrl(state, known) ?? '',
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [`ZENTOP_${name}`, sanitizeText(value)]));
};
