// npm run test:packages: installs both packages in empty folders and homes, as users do, and removes them again. Needs PyPI for the wheel.
// ZENTOP_PYTHONS is a list of other Pythons to use, separated by spaces; ZENTOP_NODES one of folders with a `node`.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const root = mkdtempSync(join(tmpdir(), 'zentop-packages-'));
process.on('exit', () => rmSync(root, {recursive: true, force: true}));

const run = (command, args, {env = {}, cwd = root, path = process.env.PATH, expected = 0} = {}) => {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: {...process.env, HOME: join(root, 'home'), NODE_ENV: '', PATH: path, ...env},
  });
  assert.equal(
    result.status,
    expected,
    `${command} ${args.join(' ')}\n${result.error ?? ''}${result.stdout}${result.stderr}`,
  );
  return result;
};

const check = async (behavior, test) => {
  try {
    await test();
    process.stdout.write(`  passed: ${behavior}\n`);
  } catch (error) {
    process.stdout.write(`  FAILED: ${behavior}\n${error.stack}\n`);
    process.exitCode = 1;
  }
};

const findFiles = folder =>
  existsSync(folder) ? readdirSync(folder, {recursive: true}).filter(name => name.includes('zentop')) : [];

/** A folder with the programs that zentop may need, other than Node. */
const bare = join(root, 'bare');
mkdirSync(bare);
mkdirSync(join(root, 'home'));
for (const name of ['sh', 'env']) {
  symlinkSync(run('sh', ['-c', `command -v ${name}`]).stdout.trim(), join(bare, name));
}

/** What both packages must do, by the path of the command. */
const checkProgram = async (label, program, path) => {
  await check(`${label}: prints its version`, () => {
    assert.equal(run(program, ['--version'], {path}).stdout, `${version}\n`);
  });
  await check(`${label}: exits with its own codes`, () => {
    const args = ['demo', 'failure', '--output', 'quiet', '--once', '--exit-status'];
    run(program, args, {path});
    run(program, ['--no-such-option'], {path, expected: 2});
  });
  await check(`${label}: is ended by a signal as Node is`, async () => {
    const child = spawn(program, ['demo', '--output', 'plain'], {env: {...process.env, PATH: path}, stdio: 'pipe'});
    child.stdout.once('data', () => child.kill('SIGTERM'));
    const code = await new Promise(resolve => child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal)));
    assert.ok(code === 143 || code === 'SIGTERM', String(code));
  });
};

const checkNpm = async () => {
  process.stdout.write('npm package\n');
  const [tarball] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', root], {cwd: process.cwd()}).stdout);
  const prefix = join(root, 'npm');
  await check('installs without a warning, with a manual page', () => {
    const {stderr} = run('npm', ['install', '--global', '--prefix', prefix, join(root, tarball.filename)]);
    assert.doesNotMatch(stderr, /warn/i);
    assert.ok(existsSync(join(prefix, 'share/man/man1/zentop.1')));
  });
  const program = join(prefix, 'bin/zentop');
  await checkProgram('npm', program, `${dirname(process.execPath)}${delimiter}${bare}`);
  for (const folder of (process.env.ZENTOP_NODES ?? '').split(' ').filter(name => name !== '')) {
    await checkProgram(
      `npm, ${run(join(folder, 'node'), ['--version']).stdout.trim()}`,
      program,
      `${folder}${delimiter}${bare}`,
    );
  }
  await check('leaves nothing when it is uninstalled', () => {
    run('npm', ['uninstall', '--global', '--prefix', prefix, 'zentop']);
    assert.deepEqual(findFiles(prefix), []);
  });
  await check('npm install does not change package-lock.json', () => {
    const copy = join(root, 'lock');
    mkdirSync(copy);
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      cpSync(file, join(copy, file));
    }
    run('npm', ['install', '--package-lock-only', '--ignore-scripts'], {cwd: copy});
    assert.equal(readFileSync(join(copy, 'package-lock.json'), 'utf8'), readFileSync('package-lock.json', 'utf8'));
  });
  await check('says what is missing if it is packed or built before its packages are installed', () => {
    const copy = join(root, 'checkout');
    for (const file of ['package.json', 'bin', '.build', 'src', 'README.md']) {
      cpSync(file, join(copy, file), {recursive: true});
    }
    const packed = run('npm', ['pack', '--loglevel=error'], {cwd: copy, expected: 1});
    assert.match(
      packed.stderr,
      /zentop has not been built: the packages it is built from are not installed\. Run `npm install`\./,
    );
    assert.doesNotMatch(packed.stderr, /ERR_MODULE_NOT_FOUND|at .*node:internal/);
    const built = run('npm', ['run', '--silent', 'build'], {cwd: copy, env: {NODE_ENV: 'production'}, expected: 1});
    assert.match(built.stderr, /because of NODE_ENV=production or --omit=dev\. Run `npm install --include=dev`\.\n$/);
    run(process.execPath, ['bin/zentop.js'], {cwd: copy, expected: 70});
  });
};

const checkWheel = async python => {
  const label = run(python, ['--version']).stdout.trim();
  process.stdout.write(`Python package, ${label}\n`);
  const wheel = readdirSync('build/python').find(name => name.endsWith('.whl'));
  const venv = mkdtempSync(join(root, 'venv-'));
  run(python, ['-m', 'venv', venv]);
  const inVenv = join(venv, 'bin/python');
  const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check'];
  const without = `${join(venv, 'bin')}${delimiter}${bare}`;
  const program = join(venv, 'bin/zentop');
  run(inVenv, [...pip, 'install', '--no-deps', join(process.cwd(), 'build/python', wheel)]);
  await check(`${label}: says what to install if there is no Node`, () => {
    const {stderr} = run(program, [], {path: without, expected: 70});
    assert.match(stderr, /^zentop needs Node\.js 20\.19 or later, and there is no node on PATH\. Install one with /);
  });
  await check(`${label}: uses the Node on PATH`, () => {
    run(program, ['--version'], {path: `${dirname(process.execPath)}${delimiter}${without}`});
  });
  run(inVenv, [...pip, 'install', join(process.cwd(), 'build/python', wheel)]);
  await checkProgram(`${label}, without Node on PATH`, program, without);
  await check(`${label}: has a manual page where man looks for it`, () => {
    assert.ok(existsSync(join(venv, 'share/man/man1/zentop.1')));
  });
  await check(`${label}: leaves nothing when it is uninstalled`, () => {
    run(inVenv, [...pip, 'uninstall', '--yes', 'zentop']);
    assert.deepEqual(findFiles(venv), []);
  });
};

await checkNpm();
const pythons = (process.env.ZENTOP_PYTHONS ?? 'python3').split(' ');
if (spawnSync(pythons[0], ['--version']).status === 0) {
  run('npm', ['run', '--silent', 'wheel'], {cwd: process.cwd(), env: {HOME: process.env.HOME}});
  for (const python of pythons) {
    await checkWheel(python);
  }
} else {
  process.stdout.write('The Python package was not checked: there is no Python on PATH.\n');
}
