// The npm package: contents, installation, and what npm does in a checkout whose packages are missing.
import assert from 'node:assert/strict';
import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {check, checkManualPage, checkProgram} from './support/check.js';
import {buildPath, findFiles, nodePath, repository, root, run} from './support/folders.js';

const readTarball = (tarball, name) => run('tar', ['xzOf', tarball, `package/${name}`]).stdout;

const checkContents = async tarball => {
  await check('contains the program, its manual page and documents, and nothing from an earlier build', () => {
    const names = run('tar', ['tzf', tarball]).stdout.trim().split('\n');
    const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    const program = ['bin/zentop.js', 'dist/LICENSES.txt', 'dist/zentop.1', 'dist/zentop.js'];
    assert.deepEqual(
      names.filter(name => !/^package\/dist\/chunks\/[\w-]+\.js(\.map)?$/.test(name)).sort(),
      [...documents, ...program].map(name => `package/${name}`).sort(),
    );
  });
  await check('runs no scripts and installs no other packages', () => {
    const {scripts, dependencies, devDependencies} = JSON.parse(readTarball(tarball, 'package.json'));
    assert.deepEqual([scripts, dependencies, devDependencies], [undefined, undefined, undefined]);
  });
  await check('has a README whose pictures and links are absolute URLs', () => {
    const targets = [...readTarball(tarball, 'README.md').matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
    assert.deepEqual(
      targets.filter(target => !target.startsWith('https://')),
      [],
    );
    assert.ok(targets.some(target => /^https:\/\/raw\.\S+\/v\d\S+\/test\/pictures\/live\.svg$/.test(target)));
  });
};

const checkInstallation = async tarball => {
  const prefix = join(root, 'npm');
  const program = join(prefix, 'bin/zentop');
  await check('installs without a warning', () => {
    assert.doesNotMatch(run('npm', ['install', '--global', '--prefix', prefix, tarball]).stderr, /warn/i);
  });
  await checkManualPage('npm', prefix);
  await checkProgram('npm', program, nodePath);
  for (const folder of (process.env.ZENTOP_NODES ?? '').split(' ').filter(name => name !== '')) {
    const version = run(join(folder, 'node'), ['--version']).stdout.trim();
    await checkProgram(`npm, Node.js ${version}`, program, buildPath(folder));
  }
  await check('leaves nothing behind when it is uninstalled', () => {
    run('npm', ['uninstall', '--global', '--prefix', prefix, 'zentop']);
    assert.deepEqual(findFiles(prefix), []);
  });
  await check('runs with npx', () => {
    const {stdout} = run('npx', ['--yes', '--package', tarball, 'zentop', '--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+/);
  });
};

const checkCheckout = async () => {
  await check('npm install does not change package-lock.json', () => {
    const copy = join(root, 'lock');
    mkdirSync(copy);
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      cpSync(join(repository, file), join(copy, file));
    }
    const {stderr} = run('npm', ['install', '--package-lock-only', '--ignore-scripts'], {cwd: copy});
    const [after, before] = [copy, repository].map(folder => readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    assert.equal(after, before);
    // README.md says that npm warns on Node.js 20.
    assert.ok(process.version.startsWith('v20.') || !stderr.includes('EBADENGINE'), stderr);
  });
  await check('says what is missing if it is packed or built before its packages are installed', () => {
    const copy = join(root, 'checkout');
    for (const file of ['package.json', 'bin', '.build', 'src', 'README.md']) {
      cpSync(join(repository, file), join(copy, file), {recursive: true});
    }
    const missing = /zentop has not been built: the packages it is built from are not installed\. Run `npm install`\./;
    const packed = run('npm', ['pack', '--loglevel=error'], {cwd: copy, expected: 1});
    assert.match(packed.stderr, missing);
    assert.doesNotMatch(packed.stderr, /ERR_MODULE_NOT_FOUND|at .*node:internal/);
    assert.match(run('npm', ['run', '--silent', 'tarball'], {cwd: copy, expected: 1}).stderr, missing);
    const built = run('npm', ['run', '--silent', 'build'], {cwd: copy, env: {NODE_ENV: 'production'}, expected: 1});
    assert.match(built.stderr, /because of NODE_ENV=production or --omit=dev\. Run `npm install --include=dev`\.\n$/);
    run(process.execPath, ['bin/zentop.js'], {cwd: copy, expected: 70});
  });
  await check('says that npm cannot install it globally from git', () => {
    const copy = join(root, '_cacache/tmp/git-clone');
    cpSync(join(repository, '.build'), join(copy, '.build'), {recursive: true});
    const {stderr} = run(process.execPath, ['.build/prepare.js'], {
      cwd: copy,
      env: {npm_config_global: 'true'},
      expected: 1,
    });
    assert.match(
      stderr,
      /^npm cannot install zentop globally from git\. Clone the repository and run `[^`]+` there\.\n$/,
    );
  });
};

/** Checks the package; returns an installed copy of it to compare others with. */
export const checkNpmPackage = async () => {
  process.stdout.write('npm package\n');
  mkdirSync(join(repository, 'dist'), {recursive: true});
  writeFileSync(join(repository, 'dist/left-over.js'), '');
  run('npm', ['run', '--silent', 'tarball'], {cwd: repository});
  const folder = join(repository, 'build/npm');
  const tarball = join(
    folder,
    readdirSync(folder).find(name => name.endsWith('.tgz')),
  );
  await checkContents(tarball);
  await checkInstallation(tarball);
  await checkCheckout();
  const prefix = join(root, 'npm-kept');
  run('npm', ['install', '--global', '--prefix', prefix, tarball]);
  return {
    label: 'npm',
    file: tarball,
    folder: join(prefix, 'lib/node_modules/zentop'),
    program: join(prefix, 'bin/zentop'),
    path: nodePath,
  };
};
