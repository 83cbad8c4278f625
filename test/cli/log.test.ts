import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {runProgram} from './support/program.js';

const folder = mkdtempSync(join(tmpdir(), 'zentop-logs-'));
let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({scenario: 'training', speed: 1000});
});

afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

const readLog = (file: string): readonly Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));

test('--log writes requests with time and size, and actions, as lines of JSON that only the user can read', async () => {
  const file = join(folder, 'zentop.log');
  await runProgram(server, [server.runId, '--output', 'plain', '--log', file]);
  const lines = readLog(file);
  assert.equal(lines[0]?.['event'], 'start');
  const request = lines.find(({path}) => path === `runs/${server.runId}/dag`);
  assert.equal(request?.['status'], 200);
  assert.ok(Number(request?.['ms']) >= 0 && Number(request?.['bytes']) > 100);
  assert.ok(lines.some(({action, key}) => action === 'news/arrived' && key === `dag:${server.runId}`));
  assert.equal(statSync(file).mode & 0o077, 0);
});

test('a log contains failures, and no secrets', async () => {
  const file = join(folder, 'failures.log');
  const nowhere = {url: 'http://127.0.0.1:9'} as DemoServer;
  const options = ['--output', 'plain', '--log', file, '--give-up-after', '1s'];
  const result = await runProgram(nowhere, [server.runId, ...options], {ZENML_STORE_API_TOKEN: 'MARKEDSECRET'});
  assert.equal(result.code, 4);
  assert.match(JSON.stringify(readLog(file)), /"kind":"unreachable"/);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /MARKEDSECRET/);
});

test('says why a log cannot be written', async () => {
  const {code, errors} = await runProgram(server, [server.runId, '--log', join(folder, 'none', 'zentop.log')]);
  assert.equal(code, 2);
  assert.match(errors, /Cannot write the log .*: no such directory\.$/m);
});

test.skipIf(process.platform !== 'linux')(
  'keeps running without its log if the disk is full, and says so once',
  async () => {
    const {code, output, errors} = await runProgram(server, [server.runId, '--output', 'plain', '--log', '/dev/full']);
    assert.equal(code, 0, errors);
    assert.match(output, /completed/);
    assert.equal(errors, 'zentop: The log /dev/full is incomplete: disk full.\n');
  },
);
