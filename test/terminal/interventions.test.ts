import assert from 'node:assert/strict';
import {resolve} from 'node:path';
import {afterEach, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createServerClock} from '../support/server-clock.js';
import {createFolder} from './support/watching.js';

/** The text of the screen, with its wrapped lines joined. */
const getText = (zentop: Terminal): string => zentop.screen().join(' ').replace(/\s+/g, ' ');

let terminal: Terminal | undefined;
let server: DemoServer | undefined;
afterEach(async () => {
  terminal?.kill();
  await server?.close();
});

/** Starts the built program on the run of a scenario, the given number of seconds after the run's start. */
const watch = async (scenario: string, seconds: number, ...args: readonly string[]) => {
  const {clock, pass} = createServerClock();
  const started = await startDemoServer({scenario, clock});
  server = started;
  pass(seconds * 1000);
  const home = createFolder();
  const zentop = startTerminal({
    command: process.execPath,
    args: [resolve('bin/zentop.js'), started.runId, ...args],
    cols: 110,
    rows: 26,
    env: {HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: started.url},
  });
  terminal = zentop;
  await zentop.waitFor(/live/);
  const press = (...keys: readonly string[]) => zentop.type(keys.map(getKeyBytes).join(''));
  const listWrites = () => started.requests.filter(({method}) => method !== 'GET').map(({path}) => path);
  return {server: started, zentop, press, pass, listWrites};
};

test('answers a question after a form, a check and a confirmation', async () => {
  const {zentop, press, pass, listWrites} = await watch('approval', 20);
  await zentop.waitFor(/waiting for input: Release fraud_scorer 32/);
  press('a');
  await zentop.waitFor(/candidate 0\.688[\s\S]*> answer/);
  press('enter');
  await zentop.waitFor(/The answer must not be empty \(yes or no\)\./);
  press('right', 'enter');
  await zentop.waitFor(/Answer true and continue release_model #12\?/);
  assert.match(getText(zentop), /Same as zenml pipeline runs wait-conditions resolve \S+ --resolution continue/);
  assert.deepEqual(listWrites(), []);
  press('y', 'y', 'y');
  await zentop.waitFor(/answered; the run continues/);
  pass(60_000);
  await zentop.waitFor(/✓ completed/);
  assert.equal(listWrites().length, 1);
});

test('aborts a question only after the whole word has been typed', async () => {
  const {zentop, press, pass, listWrites} = await watch('approval', 20);
  await zentop.waitFor(/waiting for input/);
  press('x');
  await zentop.waitFor(/Abort the question and stop release_model #12\?[\s\S]*Type abort/);
  press('a', 'b', 'enter');
  await zentop.waitFor(lines => !lines.some(line => line.includes('Type abort')));
  assert.deepEqual(listWrites(), []);
  press('x', ...'abort', 'enter');
  await zentop.waitFor(/aborted the question/);
  pass(2000);
  await zentop.waitFor(/stopped[\s\S]*Wait condition was aborted\./);
});

test('shows the answer if the question was answered elsewhere in the meantime', async () => {
  const {server, zentop, press} = await watch('approval', 20);
  await zentop.waitFor(/waiting for input: Release/);
  press('a', 'right', 'enter');
  await zentop.waitFor(/Answer true/);
  const list = await fetch(`${server.url}/api/v1/run_wait_conditions?project=${server.projectId}`);
  const {items} = (await list.json()) as {items: {id: string}[]};
  await fetch(`${server.url}/api/v1/run_wait_conditions/${items[0]?.id}/resolve`, {
    method: 'PUT',
    body: '{"resolution": "continue", "result": false}',
  });
  press('y');
  await zentop.waitFor(/already been resolved\. It was resolved with continue false\./);
});

test('stops a run gracefully and only once, after naming the run, the server and the consequences', async () => {
  const {server, zentop, press, listWrites} = await watch('training', 30);
  await zentop.waitFor(/fraud-detection/);
  press('x');
  await zentop.waitFor(/Stop training_pipeline #42 gracefully\?/);
  const text = getText(zentop);
  assert.match(text, /no further steps start: \d+ waiting steps will not run/);
  assert.match(text, /the run ends as stopped, not failed/);
  assert.ok(text.includes(`${server.url}, project fraud-detection`), text);
  assert.ok(text.includes(`zenml pipeline runs stop ${server.runId} -g`), text);
  press('enter');
  await zentop.waitFor(lines => !lines.some(line => line.includes('gracefully?')));
  assert.deepEqual(listWrites(), []);
  press('x', 'y', 'x');
  // The status of the run, not the notice shown until the server responds.
  await zentop.waitFor(/run #42 +stopping/);
  assert.equal(listWrites().length, 1);
  press('x');
  await zentop.waitFor(/the run is already stopping/);
});

test('says that the orchestrator cannot force a stop, and that the run stops gracefully', async () => {
  const {zentop, press} = await watch('training', 30);
  press('X', ...'force', 'enter');
  await zentop.waitFor(/KubeflowOrchestrator cannot force a stop\. The run is stopping gracefully/);
});

test('looks up what became of a stop whose response was lost', async () => {
  const {server, zentop, press, listWrites} = await watch('training', 30);
  server.interfere(({method}) => (method === 'POST' ? {kind: 'drop'} : undefined));
  press('x', 'y');
  await zentop.waitFor(/it is not known whether this was carried out\. The run is now running\./);
  assert.equal(listWrites().length, 1);
});

test('says that nothing was carried out if the session has ended', async () => {
  const {server, zentop, press} = await watch('training', 30);
  const body = {detail: ['CredentialsNotValid', 'expired']};
  server.interfere(({method}) => (method === 'POST' ? {kind: 'response', status: 401, body} : undefined));
  press('x', 'y');
  await zentop.waitFor(/Not carried out: the server rejected the credentials/);
});

test('changes tags from the menu of all actions', async () => {
  const {server, zentop, press, listWrites} = await watch('training', 30);
  press('A');
  await zentop.waitFor(/change tags/);
  press('G', 'k', 'k', 'enter');
  await zentop.waitFor(/tags \(-old removes\)/);
  press(...'reviewed', 'enter');
  await zentop.waitFor(/Add the tag reviewed to training_pipeline #42\?/);
  assert.deepEqual(listWrites(), []);
  press('y');
  await zentop.waitFor(/added the tag reviewed/);
  assert.equal(listWrites().length, 1);
  const run = await (await fetch(`${server.url}/api/v1/runs/${server.runId}`)).text();
  assert.match(run, /"name":"reviewed"/);
  press('ctrl-c');
  await zentop.waitFor(/T\d\d:\d\d:\d\dZ added the tag reviewed/);
});

test('expires the cache of the original of a cached step', async () => {
  const {server, zentop, press, listWrites} = await watch('training', 30);
  press('g', 'j');
  await zentop.waitFor(/from +#41/);
  press('A');
  await zentop.waitFor(/expire the cache +later runs do not reuse \w+/);
  const menuRow = zentop.screen().find(line => line.includes('expire the cache'));
  press(/(\d)/.exec(menuRow ?? '')?.[1] ?? '');
  await zentop.waitFor(/Expire the cache of \w+\?[\s\S]*this cannot be undone/);
  press('y');
  await zentop.waitFor(/expired the cache of/);
  const [path = ''] = listWrites();
  assert.match(path, /^\/api\/v1\/steps\//);
  const row = (await (await fetch(`${server.url}${path}`)).json()) as {
    body: {status: string};
    metadata: {cache_expires_at: string | null};
  };
  assert.equal(row.body.status, 'completed');
  assert.ok(row.metadata.cache_expires_at !== null);
  press('A');
  await zentop.waitFor(/expire the cache +its cache has expired/);
});

test('stops the selected run in the list of runs', async () => {
  const {server, zentop, press, listWrites} = await watch('training', 30);
  press(':', ...'runs', 'enter');
  await zentop.waitFor(/STEPS +TIME/);
  press('g', 'x');
  await zentop.waitFor(/Stop training_pipeline #42 gracefully\?/);
  press('y');
  await zentop.waitFor(/stopping/);
  assert.deepEqual(listWrites(), [`/api/v1/runs/${server.runId}/stop?graceful=true`]);
});

test.each([
  ['approval', 20],
  ['training', 30],
] as const)('sends nothing but GET requests with --read-only: %s', async (scenario, seconds) => {
  const {server, zentop, press} = await watch(scenario, seconds, '--read-only');
  // In `training`, a step whose cache could be expired.
  press('g', 'j');
  await zentop.waitFor(scenario === 'approval' ? /waiting for input/ : /from +#41/);
  press('x');
  await zentop.waitFor(/not available: read-only/);
  // None of these keys opens a dialog that could be confirmed.
  press('X', 'R', 'a', 'A');
  await zentop.waitFor(/zentop +actions: /);
  press('1', '2', '3', '4', '5', '6');
  await zentop.waitFor(/6 +change tags +not available: read-only/);
  press('q', ':', ...'runs', 'enter');
  await zentop.waitFor(/STEPS +TIME/);
  press('x');
  await zentop.waitFor(/not available: read-only/);
  assert.ok(server.requests.length > 0);
  assert.deepEqual(new Set(server.requests.map(({method}) => method)), new Set(['GET']));
});
