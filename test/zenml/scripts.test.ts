import assert from 'node:assert/strict';
import type {ChildProcess} from 'node:child_process';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {startFaultProxy} from '../support/fault-proxy.js';
import type {RunningChild} from './support/child.js';
import {buildSettings, run, start} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {fetchDocument} from './support/watched-run.js';

type Line = {type: string; t: string; name?: string; status?: string};

describe(`the program in scripts, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test('waits for a run, prints what happens in plain lines, and exits with 0 when it succeeded', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '3', '--seconds', '2']);
    const {code, output, errors} = await run(server, [id, '--output', 'plain']);
    await done;
    assert.equal(code, 0, errors);
    for (const name of ['stage_01', 'stage_02', 'stage_03']) {
      assert.match(output, new RegExp(`${name}.*completed`));
    }
    assert.doesNotMatch(output, /\x1b/);
  });

  test('prints each change as one JSON object, the end last, and exits with 1 when the run failed', async () => {
    const {id, done} = await server.startRun('failure.py', ['--seconds', '2']);
    const {code, output, errors} = await run(server, [id, '--output', 'json']);
    await done;
    assert.equal(code, 1, errors);
    const lines = output
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
    assert.ok(lines.every(({t, type}) => !Number.isNaN(Date.parse(t)) && type !== ''));
    assert.equal(lines.at(-1)?.type, 'end');
    assert.equal(lines.filter(({type}) => type === 'end').length, 1);
    assert.ok(lines.some(({type, name}) => type === 'step' && name === 'explode'));
  });

  test('prints nothing in quiet mode, and exits with the code of the run', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '1', '--seconds', '1']);
    const {code, output} = await run(server, [id, '--output', 'quiet']);
    await done;
    assert.deepEqual({code, output}, {code: 0, output: ''});
  });

  test('exits at its timeout and leaves the run unaffected', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '1', '--seconds', '8']);
    const {code} = await run(server, [id, '--output', 'plain', '--timeout', '2s']);
    assert.equal(code, 124);
    await done;
    assert.equal((await server.readTruth(id)).run.status, 'completed');
  });

  // Servers before 0.93 accept the stop as well, but let a run of the local orchestrator complete.
  test.runIf(isAtLeast(93))('exits with 3 when the run was stopped', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '4', '--seconds', '2']);
    const watching = start(server, [id, '--output', 'plain']);
    await waitForOutput(watching, /step stage_01 .*running/);
    // The local orchestrator cannot force a stop and returns 501; the run starts no more steps, and is stopped.
    const response = await fetch(`${server.url}/api/v1/runs/${id}/stop?graceful=false`, {method: 'POST'});
    assert.ok(response.status === 200 || response.status === 501, `${response.status}: ${await response.text()}`);
    const {code, errors} = await watching.done;
    await done;
    assert.equal((await server.readTruth(id)).run.status, 'stopped');
    assert.equal(code, 3, errors);
  });

  test('exits with 4 when the server is lost for longer than allowed, while the run keeps running', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '2', '--seconds', '4']);
    const proxy = await startFaultProxy(server.url);
    const settings = {...buildSettings(server), ZENML_STORE_URL: proxy.url};
    const watching = start(server, [id, '--output', 'plain', '--give-up-after', '1s'], settings);
    await waitForOutput(watching, /stage_01/);
    await proxy.close();
    const {code, output, errors} = await watching.done;
    await proxy.stop();
    assert.equal(code, 4);
    assert.match(output, /problem server not responding/);
    assert.match(errors, /Gave up after 1s without the server; the run itself is unaffected\./);
    await done;
    assert.equal((await server.readTruth(id)).run.status, 'completed');
  });

  test('exits with 130 when it is interrupted, while the run keeps running', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '1', '--seconds', '6']);
    const watching = start(server, [id, '--output', 'plain']);
    await waitForOutput(watching, /stage_01/);
    watching.child.kill('SIGINT');
    assert.equal((await watching.done).code, 130);
    await done;
    assert.equal((await server.readTruth(id)).run.status, 'completed');
  });

  test('finds a run by ID, by the beginning of its ID, by name, as the latest, and by its page in the dashboard', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '1', '--seconds', '0']);
    await done;
    const {run: truth} = await server.readTruth(id);
    const page = `${server.url}${isAtLeast(82) ? '/projects/default' : ''}/runs/${id}`;
    const words = [id, id.slice(0, 8), id.replaceAll('-', '').slice(0, 10), truth.name, 'latest', page];
    for (const word of words) {
      assert.equal((await fetchDocument(server, [word])).run.id, id, word);
    }
    assert.equal((await fetchDocument(server, ['latest', '--pipeline', 'slow_pipeline'])).run.id, id);
  });

  test('reports an unknown run and exits with 4', async () => {
    const {code, output, errors} = await run(server, [
      '0f0f0f0f-0000-4000-8000-000000000000',
      '--once',
      '--output',
      'json',
    ]);
    assert.equal(code, 4);
    assert.equal(output, '');
    assert.match(errors, /0f0f0f0f/);
    assert.doesNotMatch(errors, /\n\s+at /);
  });
});

/** Resolves as soon as the output since the call matches; rejects if the program ends first. */
const waitForOutput = ({child, done}: RunningChild<ChildProcess>, pattern: RegExp): Promise<void> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (pattern.test(text)) {
        resolve();
      }
    });
    void done.then(({output, errors}) => reject(new Error(`${output}${errors}`)));
  });
