import {type ChildProcess, spawn} from 'node:child_process';
import {sanitizeText} from '../../format/safe-text.js';

/** A program and its arguments. */
type UserProgram = readonly [string, ...string[]];

/** Returns `undefined` if the user has configured none. */
export const findUserProgram = ([program, ...args]: readonly string[]): UserProgram | undefined =>
  program === undefined ? undefined : [program, ...args];

/**
 * Starts a program that the user has configured with `option`: without a shell, and with `variables` in its environment. It may
 * outlive zentop. `onProblem` is called if it cannot be started, or fails before zentop exits.
 */
export const startUserProgram = (
  option: string,
  [program, ...args]: UserProgram,
  variables: Readonly<Record<string, string>>,
  onProblem: (text: string) => void,
): void => {
  const reportStartError = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    onProblem(`${option}: could not start ${sanitizeText(program)}: ${sanitizeText(reason)}`);
  };
  let child: ChildProcess;
  try {
    child = spawn(program, args, {stdio: 'ignore', detached: true, env: {...process.env, ...variables}});
  } catch (error) {
    // Node throws the less common errors, and emits the others later.
    queueMicrotask(() => reportStartError(error));
    return;
  }

  child.on('error', reportStartError);
  // Only reported if zentop is still running.
  child.on('exit', code => {
    if (code !== null && code !== 0) {
      onProblem(`${option}: ${sanitizeText(program)} exited with code ${code}`);
    }
  });
  child.unref();
};
