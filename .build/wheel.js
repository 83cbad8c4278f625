// npm run wheel: builds the Python package from dist/ into build/python/.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {makeLinksAbsolute} from './absolute-links.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const {version, description, homepage, bugs} = JSON.parse(readFileSync('package.json', 'utf8'));
const python = ['python3', 'python'].find(name => spawnSync(name, ['--version']).status === 0);
if (python === undefined) {
  process.stderr.write('The wheel was not built: there is no Python on PATH. It needs Python 3.9 or later with pip.\n');
  process.exit(3);
}

const folder = 'build/python';
rmSync(folder, {recursive: true, force: true});
mkdirSync(`${folder}/source/zentop/program`, {recursive: true});
cpSync('packaging/python', `${folder}/source`, {
  recursive: true,
  filter: path => !path.includes('__pycache__'),
});
cpSync('bin', `${folder}/source/zentop/program/bin`, {recursive: true});
cpSync('dist', `${folder}/source/zentop/program/dist`, {recursive: true});
// The program consists of ES modules.
writeFileSync(`${folder}/source/zentop/program/package.json`, '{"type": "module"}\n');
cpSync('LICENSE', `${folder}/source/LICENSE`);

writeFileSync(`${folder}/source/README.md`, makeLinksAbsolute(readFileSync('README.md', 'utf8'), {homepage, version}));

const facts = {version: version.replace(/-(alpha|beta|rc)\.?/, '$1'), description, homepage, issues: bugs};
const project = readFileSync('packaging/python/pyproject.toml', 'utf8').replace(/@(\w+)@/g, (_, name) => facts[name]);
writeFileSync(`${folder}/source/pyproject.toml`, project);

const {status} = spawnSync(
  python,
  [
    '-m',
    'pip',
    'wheel',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--wheel-dir',
    folder,
    `${folder}/source`,
  ],
  {stdio: 'inherit'},
);
if (status !== 0) {
  process.stderr.write('The wheel was not built: see the error from pip above.\n');
  process.exit(1);
}

const wheel = readdirSync(folder).find(name => name.endsWith('.whl'));
process.stdout.write(`${folder}/${wheel}: ${Math.round(statSync(`${folder}/${wheel}`).size / 1000)} kB\n`);
