// npm run release, in a repository of its own whose remote is a folder. The checks of the code are replaced, because they run separately.
import assert from 'node:assert/strict';
import {cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {check} from './support/check.js';
import {repository, root, run} from './support/folders.js';

const clone = join(root, 'release');
const git = (...args) =>
  run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {cwd: clone}).stdout;
const release = (expected, ...args) =>
  run('npm', ['run', '--silent', 'release', '--', ...args], {
    cwd: clone,
    expected,
    env: {GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com'},
  });

/** Changes a file of the clone and commits the change. */
const edit = (file, change) => {
  writeFileSync(join(clone, file), change(readFileSync(join(clone, file), 'utf8')));
  git('commit', '--quiet', '--all', '--message', `Change ${file}`);
};

const createClone = () => {
  mkdirSync(clone);
  for (const file of run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {cwd: repository})
    .stdout.trim()
    .split('\n')) {
    if (!file.startsWith('test/') && existsSync(join(repository, file))) {
      mkdirSync(dirname(join(clone, file)), {recursive: true});
      cpSync(join(repository, file), join(clone, file));
    }
  }
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
  run('git', ['init', '--quiet', '--bare', join(root, 'remote.git')]);
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(clone, '.git/info/exclude'), 'node_modules\n');
  git('remote', 'add', 'origin', join(root, 'remote.git'));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Start');
  edit('package.json', text => {
    const {scripts, ...manifest} = JSON.parse(text);
    const checks = {types: 'exit 0', lint: 'exit 0', unused: 'exit 0', 'test:all': 'exit 0', 'pretest:all': 'exit 0'};
    return JSON.stringify({...manifest, scripts: {...scripts, ...checks}}, undefined, 2);
  });
};

export const checkRelease = async () => {
  process.stdout.write('npm run release\n');
  createClone();
  await check('without --publish, checks, builds and packs, and changes nothing else', () => {
    const {stdout} = release(0);
    assert.match(stdout, /\$ npm run --silent types\n[\s\S]*\$ npm run --silent test:all\n/);
    assert.match(stdout, /Dry run: nothing was tagged or published\.\n/);
    assert.match(stdout, /^Not ready for --publish: HEAD has not been pushed\.$/m);
    assert.deepEqual([git('tag', '--list'), git('status', '--porcelain')], ['', '']);
  });
  await check('writes checksums that sha256sum accepts', () => {
    const {stdout} = run('sha256sum', ['--check', 'SHA256SUMS'], {cwd: join(clone, 'build/release')});
    assert.match(stdout, /^zentop-\S+\.whl: OK\nzentop-\S+\.tgz: OK\n$/);
  });
  await check('packs a tarball that npm publishes', () => {
    const [, tarball] =
      /^\S+ {2}(\S+\.tgz)$/m.exec(readFileSync(join(clone, 'build/release/SHA256SUMS'), 'utf8')) ?? [];
    const {stderr} = run('npm', ['publish', '--dry-run', '--access', 'public', `./${tarball}`], {
      cwd: join(clone, 'build/release'),
    });
    assert.match(stderr, /Publishing to .* public access \(dry-run\)/);
    assert.doesNotMatch(stderr, /auto-corrected/);
  });
  await check('lists everything that is missing before it publishes', () => {
    edit('package.json', text => text.replace(/"version": "[^"]*"/, '"version": "7.8.9"'));
    const {stderr} = release(1, '--publish');
    assert.match(
      stderr,
      /^Not released: package-lock\.json has version \S+, package\.json 7\.8\.9\. CHANGELOG\.md has no/,
    );
    assert.match(stderr, /HEAD has not been pushed\.\n$/);
    assert.equal(git('tag', '--list'), '');
  });
  await check('with --publish, tags the commit and pushes the tag', () => {
    edit('package-lock.json', text => text.replaceAll(/("name": "zentop",\s+"version": )"[^"]*"/g, '$1"7.8.9"'));
    edit('CHANGELOG.md', text => text.replace('## [Unreleased]', '## [7.8.9] - 2026-01-02'));
    git('push', '--quiet', 'origin', 'main');
    const {stdout} = release(0, '--publish');
    assert.match(stdout, /^build\/release\/zentop-7\.8\.9\.tgz: \d+ kB$/m);
    assert.match(git('ls-remote', '--tags', 'origin'), /refs\/tags\/v7\.8\.9$/m);
    assert.match(readFileSync(join(clone, 'dist/zentop.1'), 'utf8'), /"2026-01-02"/);
  });
  await check('deletes the tag if it cannot be pushed', () => {
    git('tag', '--delete', 'v7.8.9');
    const {stderr} = release(1, '--publish', '--pack-only');
    assert.match(stderr, /Not released: the tag v7\.8\.9 could not be pushed; it has been deleted\.\n$/);
    assert.equal(git('tag', '--list'), '');
  });
};
