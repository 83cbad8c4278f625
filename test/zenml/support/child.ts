import {type ChildProcess, spawn} from 'node:child_process';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ProgramResult = {readonly code: number | null; readonly output: string; readonly errors: string};
type Child = {
  readonly pid?: number | undefined;
  readonly exitCode: number | null;
  readonly kill: (signal: NodeJS.Signals) => boolean;
};
export type RunningChild<C extends Child = Child> = {readonly child: C; readonly done: Promise<ProgramResult>};

/** This process's environment without ZenML's own variables, with settings that keep ZenML quiet, overridden by `addedVariables`. */
export const buildChildEnvironment = (addedVariables: Environment): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ZENML_'))),
  ZENML_ANALYTICS_OPT_IN: 'false',
  ZENML_AUTO_OPEN_DASHBOARD: 'false',
  ZENML_LOGGING_COLORS_DISABLED: 'true',
  AUTO_OPEN_DASHBOARD: 'false',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  // The test runner sets these for itself.
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  ...addedVariables,
});

const livingChildren = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of livingChildren) {
    child.kill('SIGKILL');
  }
});

/** Starts a program with `input` on standard input and collects its output; it does not outlive this process. */
export const startProgram = (
  command: string,
  args: readonly string[],
  options: {readonly cwd: string; readonly env: Environment; readonly input?: string},
): RunningChild<ChildProcess> => {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: buildChildEnvironment(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  livingChildren.add(child);
  child.stdin?.end(options.input ?? '');
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  const done = new Promise<ProgramResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      livingChildren.delete(child);
      resolve({code, output: Buffer.concat(output).toString('utf8'), errors: Buffer.concat(errors).toString('utf8')});
    });
  });
  return {child, done};
};
