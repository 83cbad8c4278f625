import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';
import {test} from 'vitest';
import {newFolder} from './support/watching.js';

const bin = fileURLToPath(new URL('../../bin/zentop.js', import.meta.url));

/** A copy of the starter beside a program that the test gives it, or none. */
const startWith = ({program, nodeVersion}: {program?: string; nodeVersion?: string}) => {
  const folder = newFolder();
  mkdirSync(`${folder}/bin`);
  mkdirSync(`${folder}/dist`);
  copyFileSync(bin, `${folder}/bin/zentop.js`);
  writeFileSync(`${folder}/package.json`, '{"type": "module"}');
  if (program !== undefined) {
    writeFileSync(`${folder}/dist/zentop.js`, program);
  }
  const pretend = `Object.defineProperty(process.versions, 'node', {value: ${JSON.stringify(nodeVersion)}});`;
  writeFileSync(`${folder}/pretend.cjs`, nodeVersion === undefined ? '' : pretend);
  return spawnSync(process.execPath, ['--require', `${folder}/pretend.cjs`, `${folder}/bin/zentop.js`, 'latest'], {
    encoding: 'utf8',
  });
};

const program = 'console.log("started with " + process.argv.slice(2));';

for (const nodeVersion of ['12.22.12', '18.20.8', '20.18.3']) {
  test(`Node ${nodeVersion} is told in one sentence what is needed`, () => {
    const {status, stdout, stderr} = startWith({program, nodeVersion});
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.equal(stderr, `zentop needs Node.js 20.19 or newer; this is ${nodeVersion}.\n`);
  });
}

for (const nodeVersion of ['20.19.0', '22.0.0', '26.1.0']) {
  test(`Node ${nodeVersion} starts the program`, () => {
    const {status, stdout} = startWith({program, nodeVersion});
    assert.equal(status, 0);
    assert.equal(stdout, 'started with latest\n');
  });
}

test('a checkout that has not been built says how to build it', () => {
  const {status, stderr} = startWith({});
  assert.equal(status, 1);
  assert.match(stderr, /^zentop has not been built yet: run `npm run build` in its folder\.\n$/);
});

test('a defect of the program itself is not hidden', () => {
  const {status, stderr} = startWith({program: 'throw new Error("a defect");'});
  assert.equal(status, 1);
  assert.match(stderr, /a defect/);
});

test('old versions of Node can read the starter: it holds nothing younger than ES2017, but for a call of import', () => {
  const text = readFileSync(bin, 'utf8').replace(/^#!.*/, '');
  const codeFor = (target: string) => transformSync(text, {target, supported: {'dynamic-import': true}}).code;
  assert.equal(codeFor('es2017'), codeFor('esnext'));
  assert.doesNotMatch(text, /^import |^export |^await /m);
});
