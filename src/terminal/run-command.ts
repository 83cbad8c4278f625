import {spawn} from 'node:child_process';

/** A program and its arguments, run without a shell. */
export type ProcessCommand = readonly [program: string, ...args: readonly string[]];

/** Runs a command with `input` on standard input; resolves to whether it succeeded within the time limit. */
export type RunCommand = (command: ProcessCommand, input: string) => Promise<boolean>;

/** How long a command may take. One that is meant to keep running counts as started if it is still running then. */
const commandTimeoutMs = 3000;

/** The outcome if `spawn` throws, which it does for the less common errors instead of emitting them. */
const failToStart = (): boolean => false;

export const runCommand: RunCommand = ([program, ...args], input) =>
  new Promise<boolean>(resolve => {
    const child = spawn(program, args, {stdio: ['pipe', 'ignore', 'ignore'], timeout: commandTimeoutMs});
    child.on('error', () => resolve(false));
    child.on('exit', code => resolve(code === 0));
    // A program that exits before it has read everything must not crash zentop.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  }).catch(failToStart);

/** Starts a detached command such as a browser; resolves to whether it started and did not fail at once. */
export const startCommand = ([program, ...args]: ProcessCommand): Promise<boolean> =>
  new Promise<boolean>(resolve => {
    const child = spawn(program, args, {stdio: 'ignore', detached: true});
    const finish = (hasStarted: boolean) => {
      clearTimeout(timer);
      child.unref();
      resolve(hasStarted);
    };
    const timer = setTimeout(() => finish(true), commandTimeoutMs);
    child.on('error', () => finish(false));
    child.on('exit', code => finish(code === 0));
  }).catch(failToStart);
