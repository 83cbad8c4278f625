import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** An empty folder, removed at the end, and in it the empty home of a new user. */
export const root = mkdtempSync(join(tmpdir(), 'zentop-packages-'));
export const home = join(root, 'home');
mkdirSync(home);
process.on('exit', () => rmSync(root, {recursive: true, force: true}));

/** Runs a command to its end, as a user with an empty home, and checks its exit code. */
export const run = (command, args, {env = {}, cwd = root, path = process.env.PATH, expected = 0} = {}) => {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|ZENML_|ZENTOP_|XDG_)/.test(name));
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: {...Object.fromEntries(inherited), HOME: home, NODE_ENV: '', PATH: path, ...env},
  });
  assert.equal(
    result.status,
    expected,
    `${command} ${args.join(' ')}\n${result.error ?? ''}${result.stdout}${result.stderr}`,
  );
  return result;
};

export const hasProgram = name => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** The files and folders below a folder whose paths contain “zentop”. */
export const findFiles = folder =>
  existsSync(folder) ? readdirSync(folder, {recursive: true}).filter(name => name.includes('zentop')) : [];

/** A folder with the programs that zentop may need, other than Node. */
const bareFolder = join(root, 'bare');
mkdirSync(bareFolder);
for (const name of ['sh', 'env']) {
  symlinkSync(run('sh', ['-c', `command -v ${name}`]).stdout.trim(), join(bareFolder, name));
}

/** A PATH with these folders first, and without Node unless one of them has it. */
export const buildPath = (...folders) => [...folders, bareFolder].join(delimiter);
export const nodePath = buildPath(dirname(process.execPath));
