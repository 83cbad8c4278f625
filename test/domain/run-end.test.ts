import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../src/domain/run-end.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {createReplayingClient, never, readRecording} from '../api/recorded.js';
import {anAttempt, aPlannedStep, aRun, aStep, at} from '../support/builders.js';

const failing = aRun({status: 'failed', isInProgress: true, endedAt: at(5)});

const ended = aStep({name: 'ended', attempts: [anAttempt({name: 'ended', endedAt: at(40)})]});
const failed = aStep({name: 'failed', status: 'failed'});
const below = aPlannedStep({name: 'below', upstream: ['failed']});
const deepBelow = aPlannedStep({name: 'deep below', upstream: ['below', 'ended']});
const waiting = aPlannedStep({name: 'waiting', upstream: ['ended']});
const running = aStep({name: 'running', status: 'running', upstream: ['failed']});

describe('whether a run is over', () => {
  test.each([
    ['says that it is not in progress', true, aRun({status: 'completed', isInProgress: false})],
    ['says that it is in progress', false, aRun({status: 'running', isInProgress: true})],
    ['failed and is in progress, without known steps', false, failing],
    [
      'is finished, on a server before 0.85, which has no in_progress',
      true,
      aRun({status: 'failed', isInProgress: undefined}),
    ],
    ['is not finished on such a server', false, aRun({status: 'running', isInProgress: undefined})],
    ['is paused', false, aRun({status: 'paused', isInProgress: true})],
    ['has an unknown status', false, aRun({status: 'unknown', isInProgress: undefined})],
  ])('a run that %s: %s', (_, isExpected, run) => {
    assert.equal(isEffectivelyOver(run, emptyStepTable, 1_000_000), isExpected);
  });

  test.each([
    ['the rest waits for the failed step', true, [ended, failed, below, deepBelow]],
    ['the rest also precedes it in the list', true, [deepBelow, below, failed, ended]],
    ['another branch has not started', false, [ended, failed, below, waiting]],
    ['another branch is running', false, [ended, failed, {...running, upstream: []}]],
    ['a step downstream of the failed one is running', false, [ended, failed, running]],
    ['the failed step will be retried', false, [ended, aStep({name: 'failed', status: 'retrying'}), below]],
    [
      'the rest waits for a stopped step',
      true,
      [ended, {...failed, attempts: [anAttempt({status: 'stopped'})]}, below],
    ],
  ])('a failed static run that stays in_progress, when %s: %s', (_, isExpected, steps) => {
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

  test.each(['0.85.0', '0.90.0', '0.92.0'])('the failed run that ZenML %s left in progress is over', async version => {
    const names = ['run_fail', 'dag_fail', 'steps_list_fail'];
    const {client} = createReplayingClient(...names.map(name => readRecording(version, name)));
    const id = toRunId('1');
    const run = await client.fetchRun(id, true, never);
    const dag = await client.fetchDag(id, never);
    const steps = await client.fetchSteps(id, {projectId: undefined, size: 100}, never);
    assert.ok(run.ok && dag.ok && steps.ok);
    assert.equal(run.value.isInProgress, true);
    const table = withAttempts(withDag(emptyStepTable, dag.value), steps.value.items);
    assert.equal(isEffectivelyOver(run.value, table, 1_000_000), true);
  });
});
