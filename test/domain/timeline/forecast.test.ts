import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Forecast} from '../../../src/domain/timeline/forecast.js';
import {findPacingStep} from '../../../src/domain/timeline/forecast.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aStep} from '../../support/builders.js';

const running = (name: string) => aStep({name, attempts: [anAttempt({name, status: 'running'})]});
const forecasts = (ends: Readonly<Record<string, number>>): ReadonlyMap<string, Forecast> =>
  new Map(Object.entries(ends).map(([name, endAt]) => [name, {startAt: 0, endAt}]));

describe('the step that the end of a run is expected to wait for', () => {
  const table = createStepTable([
    running('train'),
    aPlannedStep({name: 'evaluate', upstream: ['train', 'explain']}),
    running('explain'),
    aPlannedStep({name: 'deploy', upstream: ['evaluate']}),
  ]);

  test('is the running step at the start of the chain that is expected to end last', () => {
    assert.equal(findPacingStep(table, forecasts({train: 40, evaluate: 50, explain: 30, deploy: 60})), 'train');
    assert.equal(findPacingStep(table, forecasts({train: 20, evaluate: 50, explain: 30, deploy: 60})), 'explain');
  });

  test('is a running step that is expected to end after everything else', () => {
    assert.equal(findPacingStep(table, forecasts({train: 20, explain: 90, deploy: 60})), 'explain');
  });

  test('is unknown without forecasts', () => {
    assert.equal(findPacingStep(table, forecasts({})), undefined);
  });
});
