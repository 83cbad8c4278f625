import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, test} from 'vitest';
import {getGuardOption} from './guard-loopback.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zentop-guard-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

// The addresses are reserved for documentation (RFC 5737 and 3849): no machine has them.
test.each([
  ['its address', "require('node:net').connect(80, '192.0.2.1')"],
  ['its IPv6 address', "require('node:net').connect(80, '2001:db8::1')"],
  ['its address over HTTPS', "require('node:https').get('https://192.0.2.1/')"],
  [
    'a name that resolves to it',
    `require('node:http').get('http://zenml.example', {lookup: (name, options, done) =>
    done(null, [{address: '192.0.2.1', family: 4}])})`,
  ],
])('a program started by a test cannot connect to another machine by %s', (what, script) => {
  const report = join(folder, `report about ${what}`);
  const {status, stderr} = spawnSync(process.execPath, ['-e', script], {
    env: {...process.env, NODE_OPTIONS: getGuardOption(report)},
    encoding: 'utf8',
  });
  assert.notEqual(status, 0);
  const sentence = /Tests may only contact this machine, not (192\.0\.2\.1|2001:db8::1)\./;
  assert.match(stderr, sentence);
  assert.match(readFileSync(report, 'utf8'), sentence);
});

test('a program started by a test looks up no name but localhost', () => {
  const script = `require('node:dns').lookup('zenml.example', error => console.log(error.code));
    require('node:dns').lookup('localhost', error => console.log(error));`;
  const {stdout} = spawnSync(process.execPath, ['-e', script], {encoding: 'utf8'});
  assert.deepEqual(stdout.trim().split('\n').sort(), ['ENOTFOUND', 'null']);
});
