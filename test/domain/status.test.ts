import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getPhase, isFinished, type Phase, parseStatus, type StepStatus, statuses} from '../../src/domain/status.js';
import {getStepStatus, getStepStatusWord} from '../../src/domain/step.js';
import {anAttempt, aPlannedStep, aStep} from '../support/builders.js';

describe('a status', () => {
  test('is one of sixteen words, all of them different', () => {
    assert.deepEqual([statuses.length, new Set(statuses).size], [16, 16]);
  });

  test.each<[Phase, readonly StepStatus[]]>([
    ['waiting', ['waiting', 'initializing', 'provisioning', 'queued', 'paused']],
    ['active', ['running', 'resuming', 'retrying', 'stopping', 'cancelling', 'unknown']],
    ['succeeded', ['completed', 'cached', 'skipped']],
    ['failed', ['failed']],
    ['ended', ['retried', 'stopped', 'cancelled', 'not run']],
  ])('is in the phase %s: %j', (phase, words) => {
    assert.deepEqual(
      words.map(getPhase),
      words.map(() => phase),
    );
  });

  test('is finished exactly if ZenML itself considers it finished', () => {
    assert.deepEqual(statuses.filter(isFinished), [
      'completed',
      'cached',
      'skipped',
      'failed',
      'retried',
      'stopped',
      'cancelled',
    ]);
    assert.equal(isFinished('unknown'), false);
  });

  test('of a later server is unknown, unfinished, and shown unchanged', () => {
    assert.equal(parseStatus('hibernating'), 'unknown');
    const step = aStep({attempts: [anAttempt({status: 'unknown', statusWord: 'hibernating'})]});
    assert.equal(getStepStatusWord(step, false), 'hibernating');
  });

  test('of a step without a step run is waiting during the run, and not run afterwards', () => {
    assert.equal(getStepStatus(aPlannedStep(), false), 'waiting');
    assert.equal(getStepStatus(aPlannedStep(), true), 'not run');
  });
});
