import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {createStepFilter, hasSlowTerm, parseStepTerms} from '../../../src/domain/filter/step-filter.js';
import {isSlow} from '../../../src/domain/slowness.js';
import type {Status} from '../../../src/domain/status.js';
import type {Step} from '../../../src/domain/step.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aStep, at} from '../../support/builders.js';

const embed = {id: 'g', name: 'map:embed', type: 'map'};

const steps: readonly Step[] = [
  aStep({name: 'load_data', status: 'cached'}),
  aStep({name: 'validate', status: 'completed'}),
  aStep({name: 'report', status: 'failed'}),
  aStep({name: 'trainer', attempts: [anAttempt({status: 'retried'}), anAttempt({number: 2, status: 'running'})]}),
  aStep({name: 'map:embed:7', status: 'completed', group: embed}),
  aStep({name: 'map:embed:8', status: 'failed', group: embed}),
  aStep({name: 'cached_rows', status: 'completed'}),
  aPlannedStep({name: 'deploy_model'}),
];

const findNames = (text: string, isRunOver = false): readonly string[] => {
  const names = steps.map(({name}) => name);
  const isWanted = createStepFilter(parseStepTerms(text), {
    isRunOver,
    listNames: () => names,
    isSlow: ({name}) => name === 'validate',
  });
  return steps.filter(isWanted).map(({name}) => name);
};

test.each([
  ['', steps.map(({name}) => name)],
  ['status:', steps.map(({name}) => name)],
  ['train', ['trainer']],
  ['TRAIN', ['trainer']],
  ['dm', ['deploy_model']],
  ['trnr', ['trainer']],
  ['status:failed', ['report', 'map:embed:8']],
  ['status:fail', ['report', 'map:embed:8']],
  ['status:active', ['trainer']],
  ['status:waiting', ['deploy_model']],
  ['status:failed status:running', ['report', 'trainer', 'map:embed:8']],
  ['status:failed,running', ['report', 'trainer', 'map:embed:8']],
  ['status:failed group:embed', ['map:embed:8']],
  ['!status:failed group:embed', ['map:embed:7']],
  ['!status:failed !status:completed', ['load_data', 'trainer', 'deploy_model']],
  ['failed', ['report', 'map:embed:8']],
  ['cached', ['load_data', 'cached_rows']],
  ['name:cached', ['cached_rows']],
  ['retried', ['trainer']],
  ['status:retried', ['trainer']],
  ['slow', ['validate']],
  ['!slow !cached', ['report', 'trainer', 'map:embed:7', 'map:embed:8', 'deploy_model']],
  ['embed 7', ['map:embed:7']],
  ['map:embed:8', ['map:embed:8']],
  ['e8', ['map:embed:8']],
  ['group:nothing', []],
  ['zzz', []],
])('%j matches %j', (text, expected) => {
  assert.deepEqual(findNames(text), expected);
});

test('a step without a step run is `not run` when the run is over', () => {
  assert.deepEqual(findNames('status:waiting', true), []);
  assert.deepEqual(findNames('status:"not run"', true), ['deploy_model']);
});

test('only `slow` depends on the time', () => {
  assert.ok(hasSlowTerm(parseStepTerms('status:failed !slow')));
  assert.ok(!hasSlowTerm(parseStepTerms('name:slow slower status:failed')));
});

describe('a slow step', () => {
  const aTimedStep = (name: string, seconds: number, status: Status = 'completed', group?: typeof embed): Step =>
    aStep({
      name,
      group,
      attempts: [anAttempt({name, status, endedAt: status === 'running' ? undefined : at(seconds)})],
    });
  const table = createStepTable([
    ...[1, 2, 3, 4, 5].map(index => aTimedStep(`step_${index}`, 10)),
    ...[1, 2, 3].map(index => aTimedStep(`item_${index}`, 100, 'completed', embed)),
  ]);
  const isSlowStep = (step: Step, seconds = 0, usualMs?: number) => isSlow(step, table, at(seconds), usualMs);

  test('takes more than twice the median', () => {
    assert.ok(isSlowStep(aTimedStep('x', 21)));
    assert.ok(!isSlowStep(aTimedStep('x', 20)));
    assert.ok(isSlowStep(aTimedStep('x', 21, 'failed')));
  });

  test('is slow as soon as it has taken too long', () => {
    assert.ok(!isSlowStep(aTimedStep('x', 0, 'running'), 20));
    assert.ok(isSlowStep(aTimedStep('x', 0, 'running'), 21));
  });

  test('is compared with the steps of its group', () => {
    assert.ok(!isSlowStep(aTimedStep('x', 150, 'completed', embed)));
    assert.ok(isSlowStep(aTimedStep('x', 201, 'completed', embed)));
  });

  test('is compared with its previous duration if that is known', () => {
    assert.ok(!isSlowStep(aTimedStep('x', 60), 0, 50_000));
    assert.ok(isSlowStep(aTimedStep('x', 18), 0, 11_000));
  });

  test('has run for more than a second: a cached, queued or planned step is not slow', () => {
    assert.ok(!isSlowStep(aTimedStep('x', 50, 'cached')));
    assert.ok(!isSlowStep(aTimedStep('x', 50, 'queued'), 50));
    assert.ok(!isSlowStep(aPlannedStep({name: 'x'})));
    assert.ok(!isSlow(aTimedStep('x', 0.9), table, at(0), 100));
  });

  test('is not recognized if too few steps have ended', () => {
    assert.ok(
      !isSlow(aTimedStep('x', 500), createStepTable([aTimedStep('a', 1), aTimedStep('b', 1)]), at(0), undefined),
    );
  });
});
