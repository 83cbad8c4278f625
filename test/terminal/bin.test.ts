import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'rolldown/utils';
import {test} from 'vitest';
import {createFolder} from './support/watching.js';

const bin = fileURLToPath(new URL('../../bin/zentop.js', import.meta.url));

/** Starts a copy of bin/zentop.js beside the given program, or beside none. */
const startWith = ({program, nodeVersion}: {program?: string; nodeVersion?: string}) => {
  const folder = createFolder();
  mkdirSync(`${folder}/bin`);
  mkdirSync(`${folder}/dist`);
  copyFileSync(bin, `${folder}/bin/zentop.js`);
  writeFileSync(`${folder}/package.json`, '{"type": "module"}');
  if (program !== undefined) {
    writeFileSync(`${folder}/dist/zentop.js`, program);
  }
  // Node has process.getBuiltinModule from 20.16 and 22.3 on.
  const pretendScript = `Object.defineProperty(process.versions, 'node', {value: ${JSON.stringify(nodeVersion)}}); delete process.getBuiltinModule;`;
  writeFileSync(`${folder}/pretend.cjs`, nodeVersion === undefined ? '' : pretendScript);
  return spawnSync(process.execPath, ['--require', `${folder}/pretend.cjs`, `${folder}/bin/zentop.js`, 'latest'], {
    encoding: 'utf8',
  });
};

const program = 'console.log("started with " + process.argv.slice(2));';

for (const nodeVersion of ['12.22.12', '18.20.8', '20.18.3']) {
  test(`exits with 70 and reports the required version on Node ${nodeVersion}`, () => {
    const {status, stdout, stderr} = startWith({program, nodeVersion});
    assert.equal(status, 70);
    assert.equal(stdout, '');
    assert.equal(stderr, `zentop needs Node.js 20.19 or later; this is ${nodeVersion}.\n`);
  });
}

for (const nodeVersion of ['20.19.0', '22.0.0', '26.1.0']) {
  test(`starts the program on Node ${nodeVersion}`, () => {
    const {status, stdout} = startWith({program, nodeVersion});
    assert.equal(status, 0);
    assert.equal(stdout, 'started with latest\n');
  });
}

test('prints no deprecation warnings of Node.js, which users can do nothing about', () => {
  const {stderr} = startWith({program: 'process.emitWarning("old", "DeprecationWarning");'});
  assert.equal(stderr, '');
});

test('explains how to build a checkout that has not been built', () => {
  const {status, stderr} = startWith({});
  assert.equal(status, 70);
  assert.match(stderr, /^zentop has not been built: run `npm run build` in its folder, or reinstall it\.\n$/);
});

test('exits with 70 and says why when the program cannot be loaded', () => {
  const {status, stderr} = startWith({program: 'throw new Error("a defect");'});
  assert.equal(status, 70);
  assert.match(stderr, /^zentop cannot be loaded; reinstall it\. .*a defect/);
});

test('exits with 70 when the program is incomplete', () => {
  const {status, stderr} = startWith({program: 'console.log("start'});
  assert.equal(status, 70);
  assert.match(stderr, /^zentop cannot be loaded; reinstall it\. SyntaxError/);
});

test('can be parsed by old versions of Node: uses only ES2017 and dynamic import', () => {
  const text = readFileSync(bin, 'utf8').replace(/^#!.*/, '');
  const transformFor = (target: string) => transformSync(bin, text, {target}).code;
  assert.equal(transformFor('es2017'), transformFor('esnext'));
  assert.doesNotMatch(text, /^import |^export |^await /m);
});
