// npm run tarball: packs the npm package from dist/ into build/npm/. Its package.json has no scripts and no development packages: npm would
// warn about `prepare`, which only an installation from git needs, when it installs the tarball.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {makeLinksAbsolute} from './absolute-links.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const {scripts: _, devDependencies: __, ...manifest} = JSON.parse(readFileSync('package.json', 'utf8'));

const folder = 'build/npm';
const source = `${folder}/source`;
rmSync(folder, {recursive: true, force: true});
mkdirSync(source, {recursive: true});
for (const name of manifest.files) {
  cpSync(name, `${source}/${name}`, {recursive: true});
}
writeFileSync(`${source}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
writeFileSync(`${source}/README.md`, makeLinksAbsolute(readFileSync('README.md', 'utf8'), manifest));

const {status, stdout} = spawnSync('npm', ['pack', '--silent', '--pack-destination', '..'], {
  cwd: source,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
  shell: process.platform === 'win32',
});
if (status !== 0) {
  process.stderr.write('npm could not pack the tarball: see its message above.\n');
  process.exit(1);
}

const tarball = `${folder}/${stdout.trim()}`;
process.stdout.write(`${tarball}: ${Math.round(statSync(tarball).size / 1000)} kB\n`);
