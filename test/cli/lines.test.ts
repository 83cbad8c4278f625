import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {RunDocument} from '../../src/report/document.js';
import {closeAfterAll} from '../support/closing.js';
import {type DemoServer, type DemoServerOptions, startDemoServer} from '../support/demo-server.js';
import {createServerClock, startStoppedDemo} from '../support/server-clock.js';
import {startSilentServer} from '../support/silent-server.js';
import {runProgram, startProgram} from './support/program.js';

type Line = {readonly t: string; readonly type: string; readonly [fact: string]: unknown};

const keep = closeAfterAll();
const serve = (options: DemoServerOptions) => keep(startDemoServer(options));

const parseLines = (output: string): readonly Line[] =>
  output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);

const get = async <T>(server: DemoServer, path: string): Promise<T> =>
  (await (await fetch(`${server.url}/api/v1/${path}`)).json()) as T;

const hour = 3_600_000;

const serveEnded = (scenario: string) => keep(startStoppedDemo({scenario}, hour, hour));

describe('following a run in lines', {concurrent: true}, () => {
  test('prints each change as plain text, the table at the end, and exits with 1 if the run failed', async () => {
    const server = await serve({scenario: 'failure', speed: 20});
    const {code, output, errors} = await runProgram(server, [server.runId, '--output', 'plain']);
    assert.deepEqual({code, errors}, {code: 1, errors: ''});
    const lines = output.split('\n');
    assert.match(
      lines[0]!,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ run nightly_scoring\S* \(nightly_scoring #\d+, [0-9a-f-]{36}\)/,
    );
    assert.match(output, /Z step load_rates .*completed/);
    assert.match(
      output,
      /Z step convert_amounts .*failed after .*\(attempt 2 of 2\): MissingRateError: .* \(line 10\)/,
    );
    assert.match(output, /Z end nightly_scoring\S* failed after /);
    assert.match(output, /\nconvert_amounts +failed +\S+ +2 +MissingRateError/);
    assert.match(output, /\nflag +not run/);
    assert.match(
      output,
      /\n6\/9 done: .*\ncritical path: .*\n(?: {2}.*\n)+http:\/\/127\.0\.0\.1:\d+\/projects\/fraud-detection\/runs\/[0-9a-f-]{36}\n$/,
    );
    assert.doesNotMatch(output, /\x1b/);
  });

  test('prints each change as one JSON object, without a gap, and the end last', async () => {
    const server = await serve({scenario: 'failure', speed: 20});
    const {code, output} = await runProgram(server, [server.runId, '--output', 'json']);
    assert.equal(code, 1);
    const lines = parseLines(output);
    assert.ok(lines.every(({t}) => new Date(t).toISOString() === t));
    const [end, ...furtherEnds] = lines.filter(({type}) => type === 'end');
    assert.equal(lines.at(-1), end);
    assert.deepEqual(furtherEnds, []);
    assert.equal(end?.['status'], 'failed');
    const printedStatuses = new Map<unknown, unknown>();
    for (const {name, from, to} of lines.filter(({type}) => type === 'step')) {
      assert.equal(from, printedStatuses.get(name) ?? null);
      printedStatuses.set(name, to);
    }

    const steps = await get<{items: {name: string; body: {status: string}}[]}>(
      server,
      `runs/${server.runId}/steps?project=${server.projectId}&size=100&exclude_retried=true`,
    );
    for (const {name, body} of steps.items) {
      assert.equal(printedStatuses.get(name), body.status);
    }
  });

  test('exits with 0 if the run succeeded, and with 3 if it was stopped; quiet prints nothing', async () => {
    const done = await serveEnded('training');
    assert.deepEqual(await runProgram(done, [done.runId, '--output', 'quiet']), {code: 0, output: '', errors: ''});
    const server = await serve({scenario: 'training', speed: 10});
    const program = startProgram(server, [server.runId, '--output', 'quiet', '--interval', '0.2']);
    // As on a real server, a run that is still initializing cannot be stopped.
    for (let status = 403; status === 403; ) {
      ({status} = await fetch(`${server.url}/api/v1/runs/${server.runId}/stop?graceful=true`, {method: 'POST'}));
    }
    assert.deepEqual(await program.done, {code: 3, output: '', errors: ''});
  });

  test('prints a run that ended long ago at once, with few requests', async () => {
    const server = await serveEnded('failure');
    const {code, output} = await runProgram(server, [server.runId, '--output', 'json']);
    assert.equal(code, 1);
    assert.equal(parseLines(output).at(-1)?.type, 'end');
    assert.ok(server.requests.length <= 9, server.requests.map(({path}) => path).join('\n'));
  });

  test('exits with 124 after the timeout, and reports that the run is still running', async () => {
    const server = await serve({scenario: 'all'});
    // A slow machine may take longer than a second to see the run.
    for (const seconds of [1, 8, 64]) {
      const {code, output, errors} = await runProgram(server, [server.runId, '--timeout', `${seconds}s`]);
      assert.equal(code, 124);
      if (/Z step is_running running/.test(output)) {
        assert.match(errors, /^zentop: Timed out after [\d.ms ]+; the run is still running\.\n.+\n$/);
        return;
      }
    }

    assert.fail('the run was not seen');
  });

  test.each(['--output plain', '--once', '--output quiet'])(
    'gives up after the timeout if the server never responds (%s)',
    async options => {
      const silent = await startSilentServer();
      try {
        const {code, errors} = await runProgram({url: silent.url} as DemoServer, [
          'latest',
          '--timeout',
          '0.5s',
          ...options.split(' '),
        ]);
        assert.equal(code, 124);
        assert.match(errors, /^zentop: .+\n.+\n$/);
      } finally {
        await silent.close();
      }
    },
  );

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('exits silently with the exit code of %s', async (signal, expected) => {
    const server = await serve({scenario: 'all'});
    const program = startProgram(server, [server.runId]);
    await program.waitForOutput(/is_running/);
    program.child.kill(signal);
    const {code, errors} = await program.done;
    assert.deepEqual({code, errors}, {code: expected, errors: ''});
  });

  test('keeps running after SIGHUP if it was started by nohup', async () => {
    const server = await serve({scenario: 'all'});
    const program = startProgram(server, [server.runId], {_: '/usr/bin/nohup'});
    await program.waitForOutput(/is_running/);
    program.child.kill('SIGHUP');
    program.child.kill('SIGTERM');
    const {code} = await program.done;
    assert.equal(code, 143);
  });

  test('exits silently when the output is closed', async () => {
    const server = await serve({scenario: 'training', speed: 12});
    const program = startProgram(server, [server.runId]);
    await program.waitForOutput(/\n/);
    program.child.stdout?.destroy();
    const {code, errors} = await program.done;
    assert.deepEqual({code, errors}, {code: 0, errors: ''});
  });

  test('reports that the server is lost and that it is back, and loses nothing', async () => {
    const {clock, pass} = createServerClock();
    const server = await serve({scenario: 'failure', clock});
    pass(10_000);
    const program = startProgram(server, [server.runId, '--output', 'json']);
    await program.waitForOutput(/"to":"running"/);
    server.interfere(() => ({kind: 'response', status: 502, body: 'Bad Gateway'}));
    await program.waitForOutput(/"type":"problem"/);
    server.interfere(undefined);
    await program.waitForOutput(/"type":"recovered"/);
    pass(hour);
    const {code, output} = await program.done;
    const lines = parseLines(output);
    assert.equal(code, 1);
    const kinds = lines.map(({type}) => type).filter(type => type === 'problem' || type === 'recovered');
    assert.deepEqual(kinds, ['problem', 'recovered']);
    assert.equal(lines.filter(({type, to}) => type === 'step' && to === 'failed').length, 1);
  });

  test.each(['plain', 'json'])('exits with 4 if the run no longer exists (--output %s)', async output => {
    const server = await serve({scenario: 'all'});
    const program = startProgram(server, [server.runId, '--output', output, '--interval', '0.2']);
    await program.waitForOutput(/is_running/);
    const body = {detail: ['KeyError', "'Unable to get run'"]};
    server.interfere(({path}) => (path.includes('/runs/') ? {kind: 'response', status: 404, body} : undefined));
    const {code, output: printed, errors} = await program.done;
    assert.equal(code, 4);
    const last = printed.trim().split('\n').at(-1)!;
    assert.match(last, output === 'json' ? /"type":"gone",.*"status":"running"/ : /Z gone .* no longer exists/);
    assert.doesNotMatch(printed, /problem/);
    assert.match(
      errors,
      /^zentop: The run no longer exists on http.*; it was running when last seen\.\n.+`zentop runs`.+\n$/,
    );
  });

  test('exits with 4 if the server is lost for longer than --give-up-after', async () => {
    const server = await serve({scenario: 'all'});
    const program = startProgram(server, [server.runId, '--give-up-after', '2s']);
    await program.waitForOutput(/is_running/);
    server.interfere(() => ({kind: 'drop'}));
    const {code, output, errors} = await program.done;
    assert.equal(code, 4);
    assert.match(output, /Z problem server not responding/);
    assert.match(
      errors,
      /^zentop: Gave up after 2s without the server; the run itself is unaffected\. Cannot reach http.*\n.+\n$/,
    );
  });
});

describe('printing the state of a run once', {concurrent: true}, () => {
  const runOnce = async (server: DemoServer) => {
    const result = await runProgram(server, [server.runId, '--once', '--output', 'json']);
    return {...result, document: JSON.parse(result.output) as RunDocument};
  };

  test('prints one document, and exits with 0 while the run is in progress', async () => {
    const server = await serve({scenario: 'all'});
    const {code, document} = await runOnce(server);
    assert.equal(code, 0);
    assert.equal(document.schema, 'zentop/1');
    assert.equal(document.run.in_progress, true);
    assert.equal(document.run.url, `${server.url}/projects/${server.projectName}/runs/${server.runId}`);
    const dag = await get<{nodes: {type: string; name: string}[]}>(server, `runs/${server.runId}/dag`);
    assert.deepEqual(
      document.steps.map(({name}) => name),
      dag.nodes.filter(({type}) => type === 'step').map(({name}) => name),
    );
  });

  test("accepts a timeout longer than Node's timers allow", async () => {
    const server = await serve({scenario: 'all'});
    const {code, errors} = await runProgram(server, [server.runId, '--once', '--timeout', '30d']);
    assert.deepEqual({code, errors}, {code: 0, errors: ''});
  });

  test("includes the original run of a cached step, and exits with the code for the run's status", async () => {
    const server = await serveEnded('failure');
    const {code, document} = await runOnce(server);
    assert.equal(code, 1);
    const failedStep = document.steps.find(({status}) => status === 'failed');
    assert.deepEqual([failedStep?.attempt, failedStep?.max_attempts, failedStep?.exception?.line], [2, 2, 7]);
    const training = await serveEnded('training');
    const cachedSteps = (await runOnce(training)).document.steps.filter(({cache}) => cache.from !== null);
    assert.ok(cachedSteps.length > 0);
    for (const {cache} of cachedSteps) {
      const step = await get<{metadata: {pipeline_run_id: string}}>(training, `steps/${cache.from?.step_id}`);
      assert.equal(cache.from?.run_id, step.metadata.pipeline_run_id);
    }
  });

  test('prints a table as plain text', async () => {
    const server = await serveEnded('failure');
    const {code, output} = await runProgram(server, [server.runId, '--once']);
    assert.equal(code, 1);
    assert.match(output, /^STEP +STATUS +TIME +TRY\n/);
    assert.match(output, /\nconvert_amounts +failed /);
    assert.match(output, /\nnightly_scoring #\d+ failed after /);
  });

  test('prints nothing with --output quiet', async () => {
    const server = await serveEnded('failure');
    const result = await runProgram(server, [server.runId, '--once', '--output', 'quiet']);
    assert.deepEqual(result, {code: 1, output: '', errors: ''});
  });

  test.each([
    ['steps with details', /^\/api\/v1\/steps\?/, /^$/],
    ['the graph', /\/dag$/, /^zentop: The server did not return the graph of the run, .+\n$/],
    ['the run itself', /\/runs\/[^/?]+\?/, /^$/],
  ])('prints the run of a server that cannot return %s', async (_, pattern, expected) => {
    const server = await serveEnded('failure');
    server.interfere(({path}) => (pattern.test(path) ? {kind: 'response', status: 500, body: 'Error'} : undefined));
    const {code, output, errors} = await runProgram(server, [server.runId, '--once']);
    assert.equal(code, 1);
    assert.match(output, /\nconvert_amounts +failed .*MissingRateError/);
    assert.match(errors, expected);
  });

  test('prints an error and exits with 4 if the steps cannot be fetched', async () => {
    const server = await serve({scenario: 'all'});
    server.interfere(({path}) =>
      path.includes('/steps?') ? {kind: 'response', status: 500, body: 'Internal Server Error'} : undefined,
    );
    const {code, output, errors} = await runProgram(server, [server.runId, '--once', '--output', 'json']);
    assert.deepEqual({code, output}, {code: 4, output: ''});
    assert.match(errors, /^zentop: .*500.*\n.+\n$/);
  });
});
