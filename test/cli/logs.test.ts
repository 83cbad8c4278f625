import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {closeAfterAll} from '../support/closing.js';
import {type DemoServerOptions, startDemoServer} from '../support/demo-server.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {runProgram, startProgram} from './support/program.js';

const keep = closeAfterAll();
const serve = (options: DemoServerOptions) => keep(startDemoServer(options));

const serveEnded = (scenario: string) => keep(startStoppedDemo({scenario}, 3_600_000));

describe('printing a log', {concurrent: true}, () => {
  test('prints only what the step wrote, line by line', async () => {
    const server = await serveEnded('failure');
    const {code, output, errors} = await runProgram(server, ['logs', server.runId, 'convert_amounts']);
    assert.deepEqual({code, errors}, {code: 0, errors: ''});
    assert.match(output, /^An exception has occurred\.$/m);
    assert.match(output, /^Traceback \(most recent call last\):$/m);
    assert.doesNotMatch(output, /\x1b|Step .* has started/);
  });

  test('prints other log sources, timestamps and previous attempts', async () => {
    const server = await serveEnded('failure');
    const args = [
      'logs',
      server.runId,
      'convert_amounts',
      '--attempt',
      '1',
      '--source',
      'prepare_step',
      '--timestamps',
    ];
    const {code, output} = await runProgram(server, args);
    assert.equal(code, 0);
    assert.match(output, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z Step `convert_amounts` has started\.$/m);
  });

  test('prints the log even if the server cannot list steps with details or return the run itself', async () => {
    const server = await serveEnded('failure');
    server.interfere(({path}) =>
      /^\/api\/v1\/(?:steps\?|runs\/[^/?]+\?)/.test(path) ? {kind: 'response', status: 500, body: 'Error'} : undefined,
    );
    const {code, output} = await runProgram(server, ['logs', server.runId, 'convert_amounts']);
    assert.equal(code, 0);
    assert.match(output, /Traceback/);
  });

  test('finds a step by the prefix of its name', async () => {
    const server = await serveEnded('failure');
    const {code, output} = await runProgram(server, ['logs', server.runId, 'convert_am']);
    assert.equal(code, 0);
    assert.match(output, /Traceback/);
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ['lists the steps if none has that name', ['nope'], 4, /no step “nope”\.\nIts steps: .*convert_amounts/],
    [
      'lists the steps that match if several do',
      ['load'],
      4,
      /Several steps .* match “load”\.\nMatching steps: load_batch, load_rates\./,
    ],
    [
      'lists similar steps if the name of none begins like that',
      ['rift'],
      4,
      /no step “rift”\.\nSimilar steps: measure_drift, drift_report\./,
    ],
    ['lists the attempts', ['convert_amounts', '--attempt', '9'], 2, /no attempt 9\.\nAttempts: 1, 2\./],
    [
      'rejects an attempt that is not a number',
      ['convert_amounts', '--attempt', 'x'],
      2,
      /--attempt must be a whole number/,
    ],
    [
      'lists the log sources',
      ['convert_amounts', '--source', 'nope'],
      2,
      /no log source “nope”\.\nAvailable: prepare_step, step\./,
    ],
    [
      'reports that a step did not run',
      ['flag'],
      4,
      /Step flag did not run: step convert_amounts, upstream of it, failed\.\nSee `zentop logs \S+ convert_amounts`/,
    ],
  ])('%s', async (_, args, expected, words) => {
    const server = await serveEnded('failure');
    const {code, output, errors} = await runProgram(server, ['logs', server.runId, ...args]);
    assert.deepEqual({code, output}, {code: expected, output: ''});
    assert.match(errors, words);
  });

  test('refers to the original run for a cached step', async () => {
    const server = await serveEnded('training');
    const {code, output, errors} = await runProgram(server, ['logs', server.runId, 'load_labels']);
    assert.deepEqual({code, output}, {code: 0, output: ''});
    assert.match(
      errors,
      /Step load_labels was cached and has no log of its own\.\nLog of the original run: `zentop logs \S+ load_labels`/,
    );
  });
});

describe('a command that a hint names', {concurrent: true}, () => {
  test('has the connection options of the command line, and so works when it is copied', async () => {
    const server = await serveEnded('failure');
    const options = ['--server', server.url, '--project', 'default'];
    const {errors} = await runProgram(server, ['logs', server.runId, 'flag', ...options], {ZENML_STORE_URL: ''});
    const [, command = ''] = /See `zentop (.*)`/.exec(errors) ?? [];
    assert.deepEqual(command.split(' '), ['logs', server.runId, 'convert_amounts', ...options]);
    const result = await runProgram(server, command.split(' '), {ZENML_STORE_URL: ''});
    assert.match(result.output, /Traceback/);
  });
});

describe('following a log', {concurrent: true}, () => {
  test('waits for the step, prints its log, and exits with its status', async () => {
    const server = await serve({scenario: 'failure', speed: 20});
    const {code, output} = await runProgram(server, ['logs', server.runId, 'convert_amounts', '-f']);
    assert.equal(code, 1);
    assert.match(output, /Traceback/);
  });

  test('prints each line once', async () => {
    const server = await serveEnded('training');
    const args = ['logs', server.runId, 'train_gbm'];
    const [once, followed] = await Promise.all([runProgram(server, args), runProgram(server, [...args, '-f'])]);
    assert.ok(once.output.length > 0);
    assert.equal(followed.output, once.output);
    assert.equal(followed.code, 0);
  });

  test('exits with 130 on an interrupt', async () => {
    const server = await serve({scenario: 'training'});
    const program = startProgram(server, ['logs', server.runId, 'build_features', '-f']);
    await program.waitForOutput(/./);
    program.child.kill('SIGINT');
    const {code, errors} = await program.done;
    assert.deepEqual({code, errors}, {code: 130, errors: ''});
  });

  test('names the failed step that keeps a step from starting', async () => {
    const server = await serveEnded('failure');
    const {code, errors} = await runProgram(server, ['logs', server.runId, 'flag', '-f']);
    assert.equal(code, 4);
    assert.match(errors, /Step flag did not run: step convert_amounts, upstream of it, failed/);
  });
});
