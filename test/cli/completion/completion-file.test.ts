import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {findLoginShell, getBashFile, getFishFile, getZshFile} from '../../../src/cli/completion/completion-file.js';
import type {World} from '../../../src/connection/world.js';

const createWorld = (env: World['env']): World => ({
  env,
  homeFolder: '/home/ada',
  cwd: '/',
  platform: 'linux',
  now: () => 0 as ReturnType<World['now']>,
  readText: async () => undefined,
  listFolder: async () => undefined,
  readModifiedAt: async () => undefined,
});
const world = createWorld({});

describe('the file of the completion script', () => {
  test('is where bash-completion looks for it, with instructions for loading it without bash-completion', () => {
    const path = '/home/ada/.local/share/bash-completion/completions/zentop';
    assert.deepEqual(getBashFile(world, true), {path, steps: []});
    assert.match(getBashFile(world, false).steps.join(), new RegExp(`source ${path}$`));
    assert.equal(getBashFile(createWorld({XDG_DATA_HOME: '/d'}), true).path, '/d/bash-completion/completions/zentop');
    assert.equal(getBashFile(createWorld({BASH_COMPLETION_USER_DIR: ':/a:/b'}), true).path, '/a/completions/zentop');
  });

  test('is in the folder that fish searches', () => {
    assert.equal(getFishFile(world).path, '/home/ada/.config/fish/completions/zentop.fish');
    assert.equal(getFishFile(createWorld({XDG_CONFIG_HOME: '/c'})).path, '/c/fish/completions/zentop.fish');
  });

  test("is in a writable folder of $fpath, preferably one of the user's own", () => {
    const folders = ['/usr/share/zsh/functions', '/usr/local/share/zsh/site-functions', '/home/ada/.zsh'];
    const isWritable = (folder: string) => folder !== folders[0];
    assert.deepEqual(getZshFile(world, {folders, hasCompletion: true}, isWritable), {
      path: '/home/ada/.zsh/_zentop',
      steps: [],
    });
    const {path, steps} = getZshFile(world, {folders: folders.slice(0, 2), hasCompletion: false}, isWritable);
    assert.equal(path, '/usr/local/share/zsh/site-functions/_zentop');
    assert.deepEqual(steps, ['Add to ~/.zshrc: autoload -Uz compinit && compinit']);
  });

  test('is in a new folder, which the user must add to $fpath, if no folder in it is writable', () => {
    const {path, steps} = getZshFile(world, {folders: ['/usr/share/zsh'], hasCompletion: true}, () => false);
    assert.equal(path, '/home/ada/.zfunc/_zentop');
    assert.deepEqual(steps, ['Add to ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit']);
  });
});

test('the shell is that of $SHELL unless it is unsupported', () => {
  assert.equal(findLoginShell(createWorld({SHELL: '/usr/bin/zsh'})), 'zsh');
  assert.equal(findLoginShell(createWorld({SHELL: '/bin/tcsh'})), undefined);
  assert.equal(findLoginShell(world), undefined);
});
