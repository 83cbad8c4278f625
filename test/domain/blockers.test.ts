import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findRootFailures, getStatusCounts} from '../../src/domain/blockers.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {aPlannedStep, aStep} from '../support/builders.js';

const table = createStepTable([
  aStep({name: 'load', status: 'completed'}),
  aStep({name: 'explode', status: 'failed', upstream: ['load']}),
  aStep({name: 'halted', status: 'stopped'}),
  aPlannedStep({name: 'below', upstream: ['explode']}),
  aPlannedStep({name: 'deep', upstream: ['below', 'halted', 'load']}),
  aPlannedStep({name: 'free', upstream: ['load']}),
]);
const findRoots = (name: string) => findRootFailures(table, name).map(step => step.name);

test('the root failures of a step are the unsuccessful steps upstream of it, not those in between', () => {
  assert.deepEqual(findRoots('below'), ['explode']);
  assert.deepEqual(findRoots('deep'), ['halted', 'explode']);
});

test('steps that can never start are counted as not run, the others as waiting', () => {
  assert.deepEqual(table.counts, {completed: 1, failed: 1, stopped: 1, waiting: 3});
  assert.deepEqual(getStatusCounts(table), {completed: 1, failed: 1, stopped: 1, waiting: 1, 'not run': 2});
});

test('a step that can still start, or that does not exist, has no root failures', () => {
  assert.deepEqual(findRoots('free'), []);
  assert.deepEqual(findRoots('unknown'), []);
});
