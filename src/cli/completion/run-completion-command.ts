import {spawnSync} from 'node:child_process';
import {accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import type {World} from '../../connection/world.js';
import {shellScripts} from '../commands/completion-command.js';
import type {Shell} from '../commands/invocation.js';
import {printLines, printProblem} from '../printing/print.js';
import {
  type CompletionFile,
  findLoginShell,
  getBashFile,
  getFishFile,
  getZshFile,
  type ZshPath,
} from './completion-file.js';

/** Prints, installs or removes the completion script of a shell; returns the exit code. */
export const runCompletionCommand = (
  world: World,
  requestedShell: Shell | undefined,
  action: 'print' | 'install' | 'uninstall',
): number => {
  const shell = requestedShell ?? findLoginShell(world);
  if (shell === undefined) {
    return reportFailure(
      'Cannot detect the shell: SHELL is not set to bash, zsh or fish.',
      'Specify it, for example: `zentop completion bash`.',
      2,
    );
  }

  switch (action) {
    case 'print':
      printLines([shellScripts[shell].trimEnd()]);
      return 0;

    case 'install':
      return installScript(shell, findFile(world, shell));

    case 'uninstall':
      return uninstallScript(shell, findFile(world, shell));
  }
};

const reportFailure = (message: string, hint: string, exitCode: 2 | 4): number => {
  printProblem({message, hint});
  return exitCode;
};

const bashCompletionPackageFiles = [
  '/usr/share/bash-completion/bash_completion',
  '/usr/local/share/bash-completion/bash_completion',
  '/opt/homebrew/share/bash-completion/bash_completion',
  '/etc/bash_completion',
];

const findFile = (world: World, shell: Shell): CompletionFile => {
  switch (shell) {
    case 'bash':
      return getBashFile(world, bashCompletionPackageFiles.some(existsSync));

    case 'fish':
      return getFishFile(world);

    case 'zsh':
      return getZshFile(world, readZshPath(), isWritableFolder);
  }
};

/** How long zsh may take, in milliseconds: a .zshrc can do anything. */
const zshTimeoutMs = 5000;

/** `$fpath` of an interactive zsh, and whether its completion is turned on. */
const readZshPath = (): ZshPath => {
  const script = `print -rl -- "zentop:\${+functions[compdef]}" "zentop:"\${^fpath}`;
  const {stdout} = spawnSync('zsh', ['-i', '-c', script], {
    encoding: 'utf8',
    timeout: zshTimeoutMs,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [hasCompletion, ...folders] = (stdout ?? '')
    .split('\n')
    .flatMap(line => (line.startsWith('zentop:') ? [line.slice('zentop:'.length)] : []));
  return {folders: folders.filter(folder => folder.startsWith('/')), hasCompletion: hasCompletion === '1'};
};

const isWritableFolder = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
};

const installScript = (shell: Shell, {path, steps}: CompletionFile): number => {
  try {
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, shellScripts[shell]);
  } catch (error) {
    return reportUnchangeableFile(
      path,
      error,
      'Print the script with `zentop completion SHELL` and save it where your shell looks for it.',
    );
  }

  printLines([`Wrote ${path}. Completion works in new ${shell} shells.`, ...steps]);
  return 0;
};

/** Removes the file only if it is zentop's own script. */
const uninstallScript = (shell: Shell, {path}: CompletionFile): number => {
  try {
    if (!existsSync(path) || !readFileSync(path, 'utf8').includes('zentop __complete')) {
      printLines([`There is no completion script of zentop for ${shell} at ${path}.`]);
      return 0;
    }

    rmSync(path);
  } catch (error) {
    return reportUnchangeableFile(path, error, 'Remove the file yourself.');
  }

  printLines([`Removed ${path}.`]);
  return 0;
};

const reportUnchangeableFile = (path: string, error: unknown, hint: string): number =>
  reportFailure(`Cannot change ${path}: ${error instanceof Error ? error.message : String(error)}.`, hint, 4);
