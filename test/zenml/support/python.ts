import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

export type Python = {readonly executable: string; readonly minor: number};

/** The range of minor versions of Python 3 that a ZenML release supports according to its package's `Requires-Python`. */
const getPythonRange = (zenmlVersion: string): readonly [lowest: number, highest: number] => {
  const minor = Number(zenmlVersion.split('.')[1]);
  if (minor <= 90) {
    return [9, 12];
  }
  return minor <= 94 ? [10, 13] : [10, 14];
};

/** 3.11 and 3.12 come first: they are in the range of every release, so that one Python serves them all. */
const preferredMinors = [11, 12, 10, 13, 14, 9];

const listPyenvExecutables = (): string[] => {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) {
    return [];
  }
  return readdirSync(versions).map(name => join(versions, name, 'bin', 'python'));
};

/**
 * The Python that a command starts; `undefined` if there is none, or if it lacks venv or ensurepip, which are separate packages
 * on some systems.
 */
const probe = (command: string): Python | undefined => {
  try {
    const script =
      'import ensurepip, sqlite3, ssl, sys, venv; print(sys.version_info[0], sys.version_info[1], sys.executable)';
    const output = execFileSync(command, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    const [major, minor, ...executable] = output.trim().split(' ');
    return major === '3' ? {executable: executable.join(' '), minor: Number(minor)} : undefined;
  } catch {
    return undefined;
  }
};

/** A Python that can create a virtual environment for this ZenML release; throws an error if there is none. */
export const findPython = (zenmlVersion: string): Python => {
  const [lowest, highest] = getPythonRange(zenmlVersion);
  const isSuitable = (python: Python | undefined) =>
    python !== undefined && python.minor >= lowest && python.minor <= highest;
  const names = [...preferredMinors.map(minor => `python3.${minor}`), 'python3', 'python'];
  for (const command of [...names, ...listPyenvExecutables()]) {
    const python = probe(command);
    if (python && isSuitable(python)) {
      return python;
    }
  }
  throw new Error(
    `npm run test:zenml needs Python 3.${lowest} to 3.${highest} with venv for ZenML ${zenmlVersion}, and none was found on the PATH or under pyenv.`,
  );
};
