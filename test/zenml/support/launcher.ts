import {spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {buildChildEnvironment, type Environment, type ProgramResult, type RunningChild} from './child.js';

type Message = {readonly id: number; readonly pid?: number; readonly code?: number | null};

/** A process that imports ZenML once, and then runs Python files, each in a process of its own. */
export type Launcher = {
  readonly run: (file: string, args: readonly string[]) => RunningChild;
  /** Stops it and everything it has started. */
  readonly stop: () => void;
};

/** Starts a launcher. What its processes print is written to files in `folder`; `cwd` is where they run. */
export const startLauncher = (
  python: string,
  options: {readonly folder: string; readonly cwd: string; readonly env: Environment},
): Launcher => {
  const launcher = spawn(python, [fileURLToPath(new URL('launcher.py', import.meta.url))], {
    cwd: options.cwd,
    env: buildChildEnvironment(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let launcherErrors = '';
  launcher.stderr.on('data', (chunk: Buffer) => {
    launcherErrors += chunk.toString('utf8');
  });
  const launcherExit = new Promise<void>(resolve => launcher.once('exit', () => resolve()));
  const listeners: ((message: Message) => void)[] = [];
  createInterface({input: launcher.stdout}).on('line', line => {
    const message = JSON.parse(line) as Message;
    listeners[message.id]?.(message);
  });

  const run = (file: string, args: readonly string[]): RunningChild => {
    const id = listeners.length;
    const output = join(options.folder, `${id}.output`);
    const errors = join(options.folder, `${id}.errors`);
    const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    let pid: number | undefined;
    let exitCode: number | null = null;
    const done = new Promise<ProgramResult>(resolve => {
      listeners.push(message => {
        pid ??= message.pid;
        if (message.code !== undefined) {
          exitCode = message.code;
          resolve({code: exitCode, output: read(output), errors: read(errors)});
        }
      });
      void launcherExit.then(() =>
        resolve({code: null, output: read(output), errors: `${read(errors)}${launcherErrors}`}),
      );
    });
    launcher.stdin.write(`${JSON.stringify({id, file, args, output, errors})}\n`);
    const child = {
      get pid() {
        return pid;
      },
      get exitCode() {
        return exitCode;
      },
      kill: (signal: NodeJS.Signals): boolean => {
        try {
          return pid !== undefined && exitCode === null && process.kill(pid, signal);
        } catch {
          // It ended by itself, and the launcher has not reported it yet.
          return false;
        }
      },
    };
    return {child, done};
  };
  return {run, stop: () => launcher.stdin.end()};
};
