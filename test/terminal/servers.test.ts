import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, test} from 'vitest';
import {buildNightlyScenario} from '../cli/support/nightly-scenario.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {startTerminal, type Terminal} from '../support/pty.js';

let servers: DemoServer[];
let folder: string;
let terminal: Terminal | undefined;

beforeEach(async () => {
  servers = await Promise.all([
    startDemoServer({scenario: buildNightlyScenario(600_000, 300_000)}),
    startDemoServer({scenario: 'failure'}),
  ]);
  folder = mkdtempSync(join(tmpdir(), 'zentop-servers-'));
});

afterEach(async () => {
  terminal?.kill();
  await Promise.all(servers.map(server => server.close()));
  rmSync(folder, {recursive: true, force: true});
});

/** Starts the built program with a configuration as `zenml login` writes it for these servers. */
const start = (args: readonly string[], urls: readonly string[]): Terminal => {
  writeFileSync(join(folder, 'config.yaml'), `store:\n  type: rest\n  url: ${urls[0]}\n`);
  writeFileSync(join(folder, 'credentials.yaml'), urls.map(url => `${url}:\n  url: ${url}\n`).join(''));
  terminal = startTerminal({
    command: process.execPath,
    args: [resolve('bin/zentop.js'), ...args],
    cols: 100,
    rows: 20,
    cwd: folder,
    env: {HOME: folder, ZENML_CONFIG_PATH: folder, ZENML_STORE_URL: undefined, ZENML_STORE_API_KEY: undefined},
  });
  return terminal;
};

const press = (...keys: readonly string[]): void => {
  for (const key of keys) {
    terminal?.type(getKeyBytes(key));
  }
};

test('S switches to another server that zenml login knows, and the first is no longer polled', async () => {
  const [first, second] = servers.map(({url}) => url) as [string, string];
  const zentop = start([], [first, second]);
  await zentop.waitFor(/nightly #2/);
  press('S');
  await zentop.waitFor(
    screen => screen.some(line => line.includes(`› ${first}  here`)) && screen.join().includes(second),
  );
  press('j', 'enter');
  await zentop.waitFor(/nightly_scoring #\d+/);
  assert.doesNotMatch(zentop.screen().join('\n'), /nightly #2/);
  const requestCount = servers[0]!.requests.length;
  press('enter');
  await zentop.waitFor(/convert_amounts/);
  press('esc');
  await zentop.waitFor(/› . nightly_scoring/);
  assert.equal(servers[0]!.requests.length, requestCount);
  press('q');
  assert.equal((await zentop.exit).code, 0);
});

test('reports a server that does not respond, and keeps the list of the first server', async () => {
  const [first] = servers.map(({url}) => url) as [string];
  const zentop = start([], [first, 'http://127.0.0.1:1']);
  await zentop.waitFor(/nightly #2/);
  press('S', 'j', 'enter');
  await zentop.waitFor(/Cannot reach http:\/\/127\.0\.0\.1:1/);
  assert.match(zentop.screen().join('\n'), /nightly #2/);
});

test('esc leads from a run named on the command line to the list, and that run is printed at exit', async () => {
  const server = servers[1]!;
  const zentop = start([server.runId], [server.url]);
  await zentop.waitFor(/load_rates/);
  press('esc');
  await zentop.waitFor(/› . nightly_scoring #\d+[\s\S]*RUN|RUN[\s\S]*› . nightly_scoring #\d+/);
  press('q');
  const {code} = await zentop.exit;
  assert.equal(code, 0);
  assert.match(zentop.screen().join('\n'), /nightly_scoring #\d+ \w+ for/);
});
