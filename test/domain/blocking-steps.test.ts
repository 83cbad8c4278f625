import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findBlockingSteps} from '../../src/domain/blocking-steps.js';
import type {Step} from '../../src/domain/step.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aStep} from '../support/builders.js';

const findNames = (...steps: readonly Step[]) => findBlockingSteps(createStepTable(steps)).map(({name}) => name);

const train = aStep({name: 'train', status: 'running'});
const tune = aStep({name: 'tune', status: 'running'});
const deploy = aPlannedStep({name: 'deploy', upstream: ['train']});
const notify = aPlannedStep({name: 'notify', upstream: ['deploy']});

test('running steps block a run in which every other step has ended or is downstream of them', () => {
  assert.deepEqual(findNames(aStep({name: 'load'}), train, deploy, notify), ['train']);
  assert.deepEqual(findNames(train, tune, deploy), ['train', 'tune']);
});

test('nothing blocks a run while another step can start', () => {
  assert.deepEqual(findNames(train, deploy, aPlannedStep({name: 'report'})), []);
  assert.deepEqual(findNames(train, aStep({name: 'tune', status: 'provisioning'})), []);
  assert.deepEqual(findNames(aStep({name: 'load'}), deploy), []);
});

test.each(['retrying', 'retried'] as const)(
  'nothing blocks a run while another attempt is due after one with the status %s',
  status => {
    const flaky = aStep({name: 'flaky', attempts: [anAttempt({name: 'flaky', status})]});
    assert.deepEqual(findNames(train, flaky, deploy), []);
  },
);
