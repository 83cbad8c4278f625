// npm run release [-- --publish]: checks, builds and packs both packages and writes their checksums to build/release/. Changes nothing
// elsewhere unless --publish is given: then it tags the version and pushes the tag, and a workflow on GitHub publishes the packages.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const args = process.argv.slice(2);
const isPublishing = args.includes('--publish');
const isPackingOnly = args.includes('--pack-only');
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = 'build/release';

const fail = sentence => {
  process.stderr.write(`Not released: ${sentence}\n`);
  process.exit(1);
};

const run = (command, ...commandArgs) => {
  process.stdout.write(`$ ${[command, ...commandArgs].join(' ')}\n`);
  const {status} = spawnSync(command, commandArgs, {stdio: 'inherit'});
  if (status !== 0) {
    fail(`\`${[command, ...commandArgs].join(' ')}\` failed.`);
  }
};

const read = (command, ...commandArgs) => spawnSync(command, commandArgs, {encoding: 'utf8'}).stdout.trim();

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const problems = [
  lock.version === version ? undefined : `package-lock.json has version ${lock.version}, package.json ${version}.`,
  readFileSync('CHANGELOG.md', 'utf8').includes(`\n## [${version}] - `)
    ? undefined
    : `CHANGELOG.md has no section “## [${version}] - DATE”.`,
  read('git', 'status', '--porcelain') === '' ? undefined : 'There are changes that have not been committed.',
  read('git', 'tag', '--list', `v${version}`) === '' ? undefined : `The tag v${version} already exists.`,
  read('git', 'branch', '--remotes', '--contains', 'HEAD') === '' ? 'HEAD has not been pushed.' : undefined,
].filter(problem => problem !== undefined);
if (isPublishing && problems.length > 0) {
  fail(problems.join(' '));
}

if (!isPackingOnly) {
  for (const script of ['types', 'lint', 'unused', 'test:all']) {
    run('npm', 'run', '--silent', script);
  }
}

rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
run('npm', 'run', '--silent', 'wheel');
const wheel = readdirSync('build/python').find(name => name.endsWith('.whl'));
cpSync(`build/python/${wheel}`, `${folder}/${wheel}`);
run('npm', 'run', '--silent', 'tarball');
const tarball = readdirSync('build/npm').find(name => name.endsWith('.tgz'));
cpSync(`build/npm/${tarball}`, `${folder}/${tarball}`);

const packages = readdirSync(folder).sort();
const sums = packages.map(name => {
  const sum = createHash('sha256')
    .update(readFileSync(`${folder}/${name}`))
    .digest('hex');
  return `${sum}  ${name}\n`;
});
writeFileSync(`${folder}/SHA256SUMS`, sums.join(''));
for (const name of packages) {
  process.stdout.write(`${folder}/${name}: ${Math.round(statSync(`${folder}/${name}`).size / 1000)} kB\n`);
}

if (isPublishing) {
  run('git', 'tag', '--annotate', `v${version}`, '--message', `zentop ${version}`);
  if (spawnSync('git', ['push', 'origin', `v${version}`], {stdio: 'inherit'}).status !== 0) {
    read('git', 'tag', '--delete', `v${version}`);
    fail(`the tag v${version} could not be pushed; it has been deleted.`);
  }
  process.stdout.write(`Pushed the tag v${version}: the workflow “Publish” publishes both packages.\n`);
} else {
  const missing = problems.map(problem => `Not ready for --publish: ${problem}\n`);
  process.stdout.write(`Dry run: nothing was tagged or published.\n${missing.join('')}`);
}
