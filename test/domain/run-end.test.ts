import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {createClient} from '../../src/api/create-client.js';
import {parseRunId} from '../../src/domain/ids.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../src/domain/run-end.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {createReplayingTransport, readRecording} from '../api/recorded.js';
import {anAttempt, aPlannedStep, aRun, aStep, at} from '../support/builders.js';

const signal = new AbortController().signal;
const failing = aRun({status: 'failed', isInProgress: true, endedAt: at(5)});

const ended = aStep({name: 'ended', attempts: [anAttempt({name: 'ended', endedAt: at(40)})]});
const failed = aStep({name: 'failed', status: 'failed'});
const below = aPlannedStep({name: 'below', upstream: ['failed']});
const deepBelow = aPlannedStep({name: 'deep below', upstream: ['below', 'ended']});
const waiting = aPlannedStep({name: 'waiting', upstream: ['ended']});
const running = aStep({name: 'running', status: 'running', upstream: ['failed']});

describe('whether a run is over', () => {
  test.each([
    ['says so', aRun({status: 'completed', isInProgress: false}), true],
    ['says it is in progress', aRun({status: 'running', isInProgress: true}), false],
    ['failed and is in progress, without known steps', failing, false],
    [
      'is finished, on a server before 0.85, which has no in_progress',
      aRun({status: 'failed', isInProgress: undefined}),
      true,
    ],
    ['is not finished on such a server', aRun({status: 'running', isInProgress: undefined}), false],
    ['is paused', aRun({status: 'paused', isInProgress: true}), false],
    ['has an unknown status', aRun({status: 'unknown', isInProgress: undefined}), false],
  ])('one that %s', (_, run, isExpected) => {
    assert.equal(isEffectivelyOver(run, emptyStepTable, 1_000_000), isExpected);
  });

  test.each([
    ['the rest waits for the failed step', [ended, failed, below, deepBelow], true],
    ['the rest also precedes it in the list', [deepBelow, below, failed, ended], true],
    ['another branch has not started', [ended, failed, below, waiting], false],
    ['another branch is running', [ended, failed, {...running, upstream: []}], false],
    ['a step downstream of the failed one is running', [ended, failed, running], false],
    ['the failed step will be retried', [ended, aStep({name: 'failed', status: 'retrying'}), below], false],
    [
      'the rest waits for a stopped step',
      [ended, {...failed, attempts: [anAttempt({status: 'stopped'})]}, below],
      true,
    ],
  ])('a failed static run that stays in_progress: %s', (_, steps, isExpected) => {
    assert.equal(isEffectivelyOver(failing, createStepTable(steps), 1_000_000), isExpected);
  });

  test('a failed dynamic run may add steps until nothing has changed for a minute', () => {
    const run = {...failing, isDynamic: true};
    const table = createStepTable([ended, failed]);
    assert.equal(isEffectivelyOver(run, table, 59_000), false);
    assert.equal(isEffectivelyOver(run, table, 60_000), true);
  });

  test('a run that stays in_progress ends with its last step, not with its first failure', () => {
    const table = createStepTable([ended, failed]);
    assert.equal(getLastEndAt(table), at(40));
    assert.equal(getRunEndAt(failing, table), at(40));
    assert.equal(getRunEndAt(aRun({status: 'completed', endedAt: at(724)}), table), at(724));
  });

  test.each(['0.85.0', '0.90.0', '0.92.0'])('the failed run that %s recorded as in progress is over', async version => {
    const dag = readRecording(version, 'dag_fail');
    const {transport} = createReplayingTransport(
      readRecording(version, 'run_fail'),
      dag,
      readRecording(version, 'steps_list_fail'),
    );
    const client = createClient({
      serverUrl: 'http://zenml.example',
      transport,
      credentials: {
        getAuthorization: async () => ({ok: true, value: undefined}),
        renew: async () => ({ok: true, value: false}),
      },
    });
    const id = parseRunId('1');
    const run = await client.fetchRun(id, true, signal);
    const graph = await client.fetchDag(id, signal);
    const steps = await client.fetchSteps(id, {projectId: undefined, size: 100}, signal);
    assert.ok(run.ok && graph.ok && steps.ok);
    assert.equal(run.value.isInProgress, true);
    const table = withAttempts(withDag(emptyStepTable, graph.value), steps.value.items);
    assert.equal(isEffectivelyOver(run.value, table, 1_000_000), true);
  });
});
