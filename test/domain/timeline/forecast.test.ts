import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Forecast} from '../../../src/domain/timeline/forecast.js';
import {findExpectedPath} from '../../../src/domain/timeline/forecast.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aStep} from '../../support/builders.js';

const aRunningStep = (name: string) => aStep({name, attempts: [anAttempt({name, status: 'running'})]});
const buildForecasts = (ends: Readonly<Record<string, number>>): ReadonlyMap<string, Forecast> =>
  new Map(Object.entries(ends).map(([name, endAt]) => [name, {startAt: 0, endAt}]));

describe('the steps that the end of a run is expected to wait for', () => {
  const table = createStepTable([
    aRunningStep('train'),
    aPlannedStep({name: 'evaluate', upstream: ['train', 'explain']}),
    aRunningStep('explain'),
    aPlannedStep({name: 'deploy', upstream: ['evaluate']}),
  ]);

  const findPath = (ends: Readonly<Record<string, number>>) => findExpectedPath(table, buildForecasts(ends));

  test('are the chain that is expected to end last, from its running step on', () => {
    assert.deepEqual(findPath({train: 40, evaluate: 50, explain: 30, deploy: 60}), ['train', 'evaluate', 'deploy']);
    assert.deepEqual(findPath({train: 20, evaluate: 50, explain: 30, deploy: 60}), ['explain', 'evaluate', 'deploy']);
  });

  test('are a running step that is expected to end after everything else', () => {
    assert.deepEqual(findPath({train: 20, explain: 90, deploy: 60}), ['explain']);
  });

  test('start at a running step that is past its usual time', () => {
    assert.deepEqual(findPath({evaluate: 50, deploy: 60}), ['train', 'evaluate', 'deploy']);
  });

  test('are unknown without forecasts', () => {
    assert.deepEqual(findPath({}), []);
  });
});
