import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {findPython} from './python.js';

export type ZenmlInstall = {readonly version: string; readonly python: string; readonly folder: string};

/** Written last: an environment without it is incomplete. */
const completeMarker = '.zentop-complete';

const getCacheFolder = (): string =>
  process.env['ZENTOP_TEST_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'zentop');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Runs `work` while holding a lock file; the lock of a process that has ended is ignored. */
const runLocked = async (lock: string, work: () => void): Promise<void> => {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), {flag: 'wx'});
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    // An owner of 0 means that the lock is just being written or removed: try again.
    if (owner > 0 && !isAlive(owner)) {
      rmSync(lock, {force: true});
    } else {
      await pause(500);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, {force: true});
  }
};

const run = (command: string, args: readonly string[]): void => {
  const {status, error, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8', timeout: 15 * 60_000});
  if (status === 0) {
    return;
  }
  const output = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`${command} ${args.join(' ')} failed${error ? ` (${error.message})` : ''}:\n${output}`);
};

/**
 * A virtual environment with `zenml[server]` of this version, created on first use and kept outside the checkout
 * (`$ZENTOP_TEST_CACHE`, else `zentop/` in the user's cache). Packages come from wherever pip is configured to look.
 */
export const installZenml = async (version: string): Promise<ZenmlInstall> => {
  const {executable, minor} = findPython(version);
  const folder = join(getCacheFolder(), `zenml-${version}-py3.${minor}`);
  const python = join(folder, 'bin', 'python');
  const isComplete = () => existsSync(join(folder, completeMarker)) && existsSync(python);

  mkdirSync(getCacheFolder(), {recursive: true});
  if (!isComplete()) {
    await runLocked(`${folder}.lock`, () => {
      if (isComplete()) {
        return;
      }
      rmSync(folder, {recursive: true, force: true});
      run(executable, ['-m', 'venv', folder]);
      // Up to 0.83 the command line imports pkg_resources, which setuptools 81 no longer has.
      const oldTools = Number(version.split('.')[1]) <= 83 ? ['setuptools<81'] : [];
      run(python, [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        `zenml[server]==${version}`,
        ...oldTools,
      ]);
      writeFileSync(join(folder, completeMarker), `${version}\n`);
    });
  }
  return {version, python, folder};
};
