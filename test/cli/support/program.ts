import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import type {DemoServer} from '../../support/demo-server.js';

export type ProgramResult = {readonly code: number | null; readonly output: string; readonly errors: string};

export type RunningProgram = {
  readonly child: ChildProcess;
  readonly done: Promise<ProgramResult>;
  /** Resolves as soon as what was printed so far, on standard output or standard error, matches. */
  readonly waitForOutput: (pattern: RegExp) => Promise<void>;
};

const program = resolve('bin/zentop.js');

/** Starts the built program with pipes, configured for this server only; its home is an empty folder. */
export const startProgram = (
  server: DemoServer,
  args: readonly string[],
  env: Record<string, string> = {},
): RunningProgram => {
  const home = mkdtempSync(join(tmpdir(), 'zentop-home-'));
  const {PATH = '', NODE_OPTIONS = ''} = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: home,
    env: {PATH, NODE_OPTIONS, HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: server.url, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  const waiters = new Set<() => void>();
  const lookAgain = () => {
    for (const look of waiters) {
      look();
    }
  };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    lookAgain();
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
    lookAgain();
  });
  const done = new Promise<ProgramResult>(settle => {
    child.once('close', code => {
      rmSync(home, {recursive: true, force: true});
      settle({code, output, errors});
    });
  });
  const waitForOutput = async (pattern: RegExp) => {
    const isPrinted = () => pattern.test(output) || pattern.test(errors);
    const match = new Promise<void>(settle => {
      const look = () => {
        if (isPrinted()) {
          waiters.delete(look);
          settle();
        }
      };
      waiters.add(look);
      look();
    });
    const end = done.then(({errors: allErrors}) => {
      if (!isPrinted()) {
        throw new Error(`ended without ${pattern}:\n${output}${allErrors}`);
      }
    });
    await Promise.race([match, end]);
  };
  return {child, done, waitForOutput};
};

/** Runs the built program to its end, as `startProgram` starts it. */
export const runProgram = (
  server: DemoServer,
  args: readonly string[],
  env?: Record<string, string>,
): Promise<ProgramResult> => startProgram(server, args, env).done;
