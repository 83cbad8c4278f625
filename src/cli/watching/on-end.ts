import {spawn} from 'node:child_process';
import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps} from '../../domain/step-table.js';
import {sanitizeText} from '../../format/safe-text.js';
import {getDurationMs, type KnownRun, selectKnownRun} from '../../report/known-run.js';
import {selectRunUrl} from '../../report/summary.js';
import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';

/**
 * Starts a program when the run is over that was seen going on: without a shell, with what became of the run in its
 * environment. It outlives us. `onTrouble` is told when it cannot be started, or fails while we are there. Returns how to stop waiting for the end.
 */
export const startOnEnd = (
  store: Store,
  command: readonly string[],
  onTrouble: (text: string) => void,
): (() => void) => {
  const [program, ...args] = command;
  if (program === undefined) {
    return () => {};
  }

  let wasOver = store.get().watch?.overAt !== undefined;
  return store.subscribe(() => {
    const state = store.get();
    const known = selectKnownRun(state);
    if (known?.isOver === true && !wasOver) {
      startOnEndProgram(program, args, buildOnEndVariables(state, known), onTrouble);
    }

    wasOver = known?.isOver ?? wasOver;
  });
};

const startOnEndProgram = (
  program: string,
  args: readonly string[],
  facts: Readonly<Record<string, string>>,
  onTrouble: (text: string) => void,
): void => {
  const child = spawn(program, args, {stdio: 'ignore', detached: true, env: {...process.env, ...facts}});
  child.on('error', error =>
    onTrouble(`${sanitizeText(program)} could not be started: ${sanitizeText(error.message)}`),
  );
  // Heard of only while we are still there.
  child.on('exit', code => {
    if (code !== null && code !== 0) {
      onTrouble(`${sanitizeText(program)} ended with exit code ${code}`);
    }
  });
  child.unref();
};

/** What the program is told; texts of the server without control characters. */
export const buildOnEndVariables = (state: State, known: KnownRun): Readonly<Record<string, string>> => {
  const {run, table} = known;
  const failed = [...iterateSteps(table)].filter(step => findLatestAttempt(step)?.status === 'failed');
  const took = getDurationMs({startedAt: run.startedAt, endedAt: run.endedAt}, known);
  const facts = {
    RUN_ID: run.id,
    RUN_NAME: run.name,
    PIPELINE: run.pipeline?.name ?? '',
    STATUS: run.statusWord,
    DURATION_S: took === undefined ? '' : String(took / 1000),
    FAILED_STEPS: failed.map(({name}) => name).join(' '),
    URL: selectRunUrl(state, known) ?? '',
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ZENTOP_${name}`, sanitizeText(value)]));
};
