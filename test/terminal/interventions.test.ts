import assert from 'node:assert/strict';
import {resolve} from 'node:path';
import {afterEach, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createServerClock} from '../support/server-clock.js';
import {createFolder} from './support/watching.js';

/** The text of the screen, with its wrapped lines joined. */
const getText = (shown: Terminal): string => shown.screen().join(' ').replace(/\s+/g, ' ');

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
  const shown = startTerminal({
    command: process.execPath,
    args: [resolve('bin/zentop.js'), started.runId, ...args],
    cols: 110,
    rows: 26,
    env: {HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: started.url},
  });
  terminal = shown;
  await shown.waitFor(/live/);
  const press = (...keys: readonly string[]) => shown.type(keys.map(getKeyBytes).join(''));
  const listWrites = () => started.requests.filter(({method}) => method !== 'GET').map(({path}) => path);
  return {server: started, shown, press, pass, listWrites};
};

test('answers a question after a form, a check and a confirmation', async () => {
  const {shown, press, pass, listWrites} = await watch('approval', 20);
  await shown.waitFor(/waiting for input: Release fraud_scorer 32/);
  press('a');
  await shown.waitFor(/candidate 0\.688[\s\S]*> answer/);
  press('enter');
  await shown.waitFor(/The answer must not be empty \(yes or no\)\./);
  press('right', 'enter');
  await shown.waitFor(/Answer true and continue release_model #12\?/);
  assert.match(getText(shown), /Same as zenml pipeline runs wait-conditions resolve \S+ --resolution continue/);
  assert.deepEqual(listWrites(), []);
  press('y', 'y', 'y');
  await shown.waitFor(/answered; the run continues/);
  pass(60_000);
  await shown.waitFor(/✓ completed/);
  assert.equal(listWrites().length, 1);
});

test('aborts a question only after the whole word has been typed', async () => {
  const {shown, press, pass, listWrites} = await watch('approval', 20);
  await shown.waitFor(/waiting for input/);
  press('x');
  await shown.waitFor(/Abort the question and stop release_model #12\?[\s\S]*Type abort/);
  press('a', 'b', 'enter');
  await shown.waitFor(lines => !lines.some(line => line.includes('Type abort')));
  assert.deepEqual(listWrites(), []);
  press('x', ...'abort', 'enter');
  await shown.waitFor(/aborted the question/);
  pass(2000);
  await shown.waitFor(/stopped[\s\S]*Wait condition was aborted\./);
});

test('shows the answer if the question was answered elsewhere in the meantime', async () => {
  const {server, shown, press} = await watch('approval', 20);
  await shown.waitFor(/waiting for input: Release/);
  press('a', 'right', 'enter');
  await shown.waitFor(/Answer true/);
  const list = await fetch(`${server.url}/api/v1/run_wait_conditions?project=${server.projectId}`);
  const {items} = (await list.json()) as {items: {id: string}[]};
  await fetch(`${server.url}/api/v1/run_wait_conditions/${items[0]?.id}/resolve`, {
    method: 'PUT',
    body: '{"resolution": "continue", "result": false}',
  });
  press('y');
  await shown.waitFor(/already been resolved\. It was resolved with continue false\./);
});

test('stops a run gracefully and only once, after naming the run, the server and the consequences', async () => {
  const {server, shown, press, listWrites} = await watch('training', 30);
  await shown.waitFor(/fraud-detection/);
  press('x');
  await shown.waitFor(/Stop training_pipeline #42 gracefully\?/);
  const text = getText(shown);
  assert.match(text, /no further steps start: \d+ waiting steps will not run/);
  assert.match(text, /the run ends as stopped, not failed/);
  assert.ok(text.includes(`${server.url}, project fraud-detection`), text);
  assert.ok(text.includes(`zenml pipeline runs stop ${server.runId} -g`), text);
  press('enter');
  await shown.waitFor(lines => !lines.some(line => line.includes('gracefully?')));
  assert.deepEqual(listWrites(), []);
  press('x', 'y', 'x');
  // The status of the run, not the notice shown until the server answers.
  await shown.waitFor(/run #42 +stopping/);
  assert.equal(listWrites().length, 1);
  press('x');
  await shown.waitFor(/the run is already stopping/);
});

test('says that the orchestrator cannot force a stop, and that the run stops gracefully', async () => {
  const {shown, press} = await watch('training', 30);
  press('X', ...'force', 'enter');
  await shown.waitFor(/KubeflowOrchestrator cannot force a stop\. The run is stopping gracefully/);
});

test('looks up what became of a stop whose response was lost', async () => {
  const {server, shown, press, listWrites} = await watch('training', 30);
  server.interfere(({method}) => (method === 'POST' ? {kind: 'drop'} : undefined));
  press('x', 'y');
  await shown.waitFor(/it is not known whether this was carried out\. The run is now running\./);
  assert.equal(listWrites().length, 1);
});

test('says that nothing was carried out if the session has ended', async () => {
  const {server, shown, press} = await watch('training', 30);
  const body = {detail: ['CredentialsNotValid', 'expired']};
  server.interfere(({method}) => (method === 'POST' ? {kind: 'answer', status: 401, body} : undefined));
  press('x', 'y');
  await shown.waitFor(/Not carried out: the server rejected the credentials/);
});

test('changes tags from the menu of all actions', async () => {
  const {server, shown, press, listWrites} = await watch('training', 30);
  press('A');
  await shown.waitFor(/change tags/);
  press('G', 'k', 'k', 'enter');
  await shown.waitFor(/tags \(-old removes\)/);
  press(...'reviewed', 'enter');
  await shown.waitFor(/Add the tag reviewed to training_pipeline #42\?/);
  assert.deepEqual(listWrites(), []);
  press('y');
  await shown.waitFor(/added the tag reviewed/);
  assert.equal(listWrites().length, 1);
  const run = await (await fetch(`${server.url}/api/v1/runs/${server.runId}`)).text();
  assert.match(run, /"name":"reviewed"/);
  press('ctrl+c');
  await shown.waitFor(/T\d\d:\d\d:\d\dZ added the tag reviewed/);
});

test('expires the cache of the original of a cached step', async () => {
  const {server, shown, press, listWrites} = await watch('training', 30);
  press('g', 'j');
  await shown.waitFor(/from +#41/);
  press('A');
  await shown.waitFor(/expire the cache +later runs do not reuse \w+/);
  const menuRow = shown.screen().find(line => line.includes('expire the cache'));
  press(/(\d)/.exec(menuRow ?? '')?.[1] ?? '');
  await shown.waitFor(/Expire the cache of \w+\?[\s\S]*this cannot be undone/);
  press('y');
  await shown.waitFor(/expired the cache of/);
  const [path = ''] = listWrites();
  assert.match(path, /^\/api\/v1\/steps\//);
  const row = (await (await fetch(`${server.url}${path}`)).json()) as {
    body: {status: string};
    metadata: {cache_expires_at: string | null};
  };
  assert.equal(row.body.status, 'completed');
  assert.ok(row.metadata.cache_expires_at !== null);
  press('A');
  await shown.waitFor(/expire the cache +its cache has expired/);
});

test('stops the selected run in the list of runs', async () => {
  const {server, shown, press, listWrites} = await watch('training', 30);
  press(':', ...'runs', 'enter');
  await shown.waitFor(/STEPS +TIME/);
  press('g', 'x');
  await shown.waitFor(/Stop training_pipeline #42 gracefully\?/);
  press('y');
  await shown.waitFor(/stopping/);
  assert.deepEqual(listWrites(), [`/api/v1/runs/${server.runId}/stop?graceful=true`]);
});

test.each([
  ['approval', 20],
  ['training', 30],
] as const)('sends nothing but GET requests with --read-only: %s', async (scenario, seconds) => {
  const {server, shown, press} = await watch(scenario, seconds, '--read-only');
  // In `training`, a step whose cache could be expired.
  press('g', 'j');
  await shown.waitFor(scenario === 'approval' ? /waiting for input/ : /from +#41/);
  press('x');
  await shown.waitFor(/not available: read-only/);
  // None of these keys opens a dialog that could be confirmed.
  press('X', 'R', 'a', 'A');
  await shown.waitFor(/zentop +actions: /);
  press('1', '2', '3', '4', '5', '6');
  await shown.waitFor(/6 +change tags +not available: read-only/);
  press('q', ':', ...'runs', 'enter');
  await shown.waitFor(/STEPS +TIME/);
  press('x');
  await shown.waitFor(/not available: read-only/);
  assert.ok(server.requests.length > 0);
  assert.deepEqual(new Set(server.requests.map(({method}) => method)), new Set(['GET']));
});
