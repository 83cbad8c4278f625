import {readVariable, type World} from '../../connection/world.js';
import {quoteForShell} from '../../domain/shell-word.js';
import {type Shell, shells} from '../commands/invocation.js';

/** Where a completion script belongs, and what else the user must do before the shell loads it. */
export type CompletionFile = {readonly path: string; readonly steps: readonly string[]};

/** The folders in the `$fpath` of the user's zsh, and whether its completion system is turned on. */
export type ZshPath = {readonly folders: readonly string[]; readonly hasCompletion: boolean};

/** The shell that is named in `$SHELL`. */
export const findLoginShell = (world: World): Shell | undefined => {
  const name = readVariable(world, 'SHELL')?.split('/').at(-1);
  return shells.find(shell => shell === name);
};

/** Of several folders in the variable, bash-completion prefers the first. */
const getBashCompletionFolder = (world: World): string =>
  readVariable(world, 'BASH_COMPLETION_USER_DIR')
    ?.split(':')
    .find(folder => folder !== '') ??
  `${readVariable(world, 'XDG_DATA_HOME') ?? `${world.homeFolder}/.local/share`}/bash-completion`;

/** The file that bash-completion loads when `zentop` is first completed. */
export const getBashFile = (world: World, hasBashCompletion: boolean): CompletionFile => {
  const path = `${getBashCompletionFolder(world)}/completions/zentop`;
  return {
    path,
    steps: hasBashCompletion
      ? []
      : [
          `The package bash-completion was not found: install it, or add this line to ~/.bashrc: source ${quoteForShell(path)}`,
        ],
  };
};

/** fish looks in this folder by itself. */
export const getFishFile = (world: World): CompletionFile => ({
  path: `${readVariable(world, 'XDG_CONFIG_HOME') ?? `${world.homeFolder}/.config`}/fish/completions/zentop.fish`,
  steps: [],
});

/**
 * The first folder of `$fpath` below the home directory that can be written, else another one that can. If there is none, a new one,
 * which the user must add to `$fpath`.
 */
export const getZshFile = (
  world: World,
  {folders, hasCompletion}: ZshPath,
  isWritable: (folder: string) => boolean,
): CompletionFile => {
  const writable = folders.filter(isWritable);
  const folder = writable.find(each => each.startsWith(`${world.homeFolder}/`)) ?? writable[0];
  const path = `${folder ?? `${world.homeFolder}/.zfunc`}/_zentop`;
  if (folder !== undefined && hasCompletion) {
    return {path, steps: []};
  }

  const lines = [...(folder === undefined ? ['fpath=(~/.zfunc $fpath)'] : []), 'autoload -Uz compinit && compinit'];
  return {path, steps: [`Add to ~/.zshrc: ${lines.join('; ')}`]};
};
