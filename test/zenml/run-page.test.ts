import assert from 'node:assert/strict';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {decodeStack} from '../../src/api/decode/stack.js';
import {decodeRecord} from '../../src/api/decode/wire.js';
import type {Terminal} from '../support/pty.js';
import {watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {createEndPattern} from './support/watched-run.js';

describe(`the page of a run on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let terminal: Terminal | undefined;
  let runId: string;

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    await server.runPipeline('progress.py', ['--seconds', '1']).done;
    await server.runPipeline('progress.py', ['--seconds', '1', '--fail']).done;
    const last = await server.startRun('progress.py', ['--seconds', '1', '--lr', '0.02']);
    await last.done;
    runId = last.id;
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => terminal?.kill('SIGKILL'));

  const open = async (id: string): Promise<Terminal> => {
    terminal = watch(server, [id]);
    await terminal.waitFor('train');
    return terminal;
  };

  test('shows the user, the stack, the parameters, and the changes since the last successful run', async () => {
    const {type, waitFor} = await open(runId);
    await waitFor(createEndPattern('completed'));
    type('i');
    // Up to 0.90, the server records no parameters of a run.
    const hasParameters = isAtLeast(92);
    if (hasParameters) {
      await waitFor(/params .*lr 0\.02/);
    }

    const screen = (await waitFor(/runs on +default/)).join('\n');
    assert.match(screen, /status +completed/);
    assert.match(screen, /user +default/);
    assert.match(screen, /stack +default/);
    assert.match(screen, /runs on +default · local/);
    assert.match(screen, /tags +nightly/);
    assert.match(screen, /code +no commit recorded/);
    const compared = (await waitFor(/changed +since/)).join('\n');
    assert.match(compared, /✓ ✗ ✓ +this run is last/);
    const changed = hasParameters
      ? /changed +since .*: +lr 0\.01[ │\n]+→ 0\.02/
      : /changed +since .*:[ │\n]+stack[ │\n]+and versions are the same/;
    assert.match(compared, changed);
  });

  test('c compares the run with the last successful one, and esc returns to it', async () => {
    const {type, waitFor} = await open(runId);
    await waitFor(createEndPattern('completed'));
    type('c');
    const screen = (await waitFor(/0\.01 +.*0\.02/)).join('\n');
    assert.match(screen, /lr/);
    type('\u001b');
    await waitFor(createEndPattern('completed'));
  });

  test.runIf(isAtLeast(84))('shows the log of the client that started the run', async () => {
    const {type, waitFor} = await open(runId);
    type('i');
    type('6');
    await waitFor(/Initiating a new run for the pipeline|Pipeline run has finished/);
  });

  test('finds the orchestrator and its flavor in the stack that the server returns', async () => {
    const page = await (await fetch(`${server.url}/api/v1/stacks?size=1`)).json();
    const response = await fetch(`${server.url}/api/v1/stacks/${page.items[0].id}?hydrate=true`);
    assert.deepEqual(decodeStack(decodeRecord(await response.json()))?.orchestrator, {
      name: 'default',
      flavor: 'local',
    });
  });

  test.each(['log', 'metadata'])(
    'a running step shows its progress from its %s, and the time left at this pace',
    async by => {
      const {id, child, done} = await server.startRun('progress.py', ['--seconds', '40', '--by', by]);
      const {waitFor} = await open(id);
      const screen = (await waitFor(/progress epoch \d+\/10/)).join('\n');
      assert.match(screen, /train epoch \d+\/10/);
      await waitFor(/progress epoch \d+\/10.* left at this pace/);
      child.kill('SIGKILL');
      await done;
    },
  );
});

describe.skipIf(!isAtLeast(95))(`the event stream of ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let terminal: Terminal | undefined;

  beforeAll(async () => {
    const broker = 'zenml.zen_server.streaming.brokers.memory.InMemoryBroker';
    server = await startZenmlServer({
      version: zenmlVersion,
      auth: 'none',
      env: {ZENML_SERVER_STREAM_BROKER_IMPLEMENTATION_SOURCE: broker},
    });
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => terminal?.kill('SIGKILL'));

  test('shows progress that a step publishes without writing it to its metadata or its log', async () => {
    const {id, child, done} = await server.startRun('progress.py', ['--seconds', '30', '--by', 'events']);
    terminal = watch(server, [id]);
    await terminal.waitFor(/progress step \d+\/10 +loss/);
    child.kill('SIGKILL');
    await done;
  });
});
