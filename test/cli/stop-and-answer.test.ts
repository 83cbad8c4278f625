import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'vitest';
import {closeAfterAll} from '../support/closing.js';
import {startDemoServer} from '../support/demo-server.js';
import {createServerClock} from '../support/server-clock.js';
import {runProgram} from './support/program.js';

const keep = closeAfterAll();

/** A demo server whose clock is the given number of seconds after its start. */
const serve = async (scenario: string, seconds: number) => {
  const {clock, pass} = createServerClock();
  const server = await keep(startDemoServer({scenario, clock}));
  pass(seconds * 1000);
  const getRun = async () => {
    const response = await fetch(`${server.url}/api/v1/runs/${server.runId}`);
    const {body} = (await response.json()) as {body: {status: string; status_reason: string | null}};
    return body;
  };
  return {server, pass, getRun};
};

describe('zentop stop', {concurrent: true}, () => {
  test('stops a run gracefully, and reports that it is already stopping if repeated', async () => {
    const {server, getRun} = await serve('training', 30);
    const firstStop = await runProgram(server, ['stop', server.runId, '--yes']);
    assert.deepEqual(firstStop, {code: 0, output: 'Stopping the run: no further steps start.\n', errors: ''});
    assert.equal((await getRun()).status, 'stopping');
    const secondStop = await runProgram(server, ['stop', server.runId, '--yes']);
    assert.equal(secondStop.code, 1);
    assert.match(
      secondStop.errors,
      /Cannot stop training_pipeline #\d+ in project [\w-]+ on .*: the run is already stopping\./,
    );
  });

  test('says that the orchestrator cannot force a stop, and that the run is stopping anyway', async () => {
    const {server, getRun} = await serve('training', 30);
    const {code, output} = await runProgram(server, ['stop', server.runId, '--force', '-y']);
    assert.equal(code, 0);
    assert.equal(
      output,
      'KubeflowOrchestrator cannot force a stop. The run is stopping gracefully: no further steps start.\n',
    );
    assert.equal((await getRun()).status, 'stopping');
  });

  test('aborts the question of a run that is waiting for an answer', async () => {
    const {server, pass, getRun} = await serve('approval', 20);
    const {code, output} = await runProgram(server, ['stop', server.runId, '--yes']);
    assert.deepEqual({code, output}, {code: 0, output: 'Aborted the question; the run is stopped.\n'});
    pass(1000);
    assert.equal((await getRun()).status_reason, 'Wait condition was aborted.');
  });

  test('does nothing without a terminal or --yes, for a run that is over, or if the settings forbid it', async () => {
    const {server, pass, getRun} = await serve('training', 30);
    const unconfirmedStop = await runProgram(server, ['stop', server.runId]);
    assert.equal(unconfirmedStop.code, 2);
    assert.match(unconfirmedStop.errors, /Nothing was done: .*\nConfirm with --yes\./);

    const home = mkdtempSync(join(tmpdir(), 'zentop-read-only-'));
    mkdirSync(join(home, 'zentop'));
    writeFileSync(join(home, 'zentop', 'config.yaml'), 'read-only: true\n');
    const forbiddenStop = await runProgram(server, ['stop', server.runId, '--yes'], {XDG_CONFIG_HOME: home});
    rmSync(home, {recursive: true});
    assert.equal(forbiddenStop.code, 2);
    assert.match(forbiddenStop.errors, /Your settings forbid changes/);
    assert.equal((await getRun()).status, 'running');

    pass(3_600_000);
    const lateStop = await runProgram(server, ['stop', server.runId, '--yes']);
    assert.equal(lateStop.code, 1);
    assert.match(lateStop.errors, /the run is over \(\w+\)/);
  });
});

describe('zentop answer', {concurrent: true}, () => {
  test('answers the question, and the run continues', async () => {
    const {server, pass, getRun} = await serve('approval', 20);
    const wrongAnswer = await runProgram(server, ['answer', server.runId, 'maybe', '--yes']);
    assert.equal(wrongAnswer.code, 2);
    assert.match(wrongAnswer.errors, /The answer must be yes or no\.\nExpected yes or no\./);
    const emptyAnswer = await runProgram(server, ['answer', server.runId, '--yes']);
    assert.equal(emptyAnswer.code, 2);
    assert.match(emptyAnswer.errors, /This question needs a value\./);

    const {code, output, errors} = await runProgram(server, ['answer', server.runId, 'yes', '--yes']);
    assert.deepEqual({code, output, errors}, {code: 0, output: 'Answered; the run continues.\n', errors: ''});
    pass(60_000);
    assert.equal((await getRun()).status, 'completed');
    const secondAnswer = await runProgram(server, ['answer', server.runId, 'yes', '--yes']);
    assert.equal(secondAnswer.code, 1);
    assert.match(secondAnswer.errors, /has no pending question\./);
  });
});
