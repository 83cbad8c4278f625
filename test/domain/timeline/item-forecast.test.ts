import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {PastRun, PastStep} from '../../../src/domain/past-run.js';
import {getGroupWork} from '../../../src/domain/timeline/group-work.js';
import {buildMapForecasts} from '../../../src/domain/timeline/item-forecast.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anArtifact, anAttempt, anInput, aRun, aStep, at} from '../../support/builders.js';

const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
const inputs = [anInput({chunkIndex: 0, artifact: anArtifact({itemCount: 10})})];

const anItem = (index: number, from: number, to?: number) => {
  const name = `map:embed:${index}`;
  const times =
    to === undefined
      ? ({status: 'running', startedAt: at(from), inputs} as const)
      : {startedAt: at(from), endedAt: at(to), inputs};
  return aStep({name, group, attempts: [anAttempt({name, ...times})]});
};

/** A run whose items took this many seconds each. */
const aPastRun = (...seconds: readonly number[]): PastRun => ({
  id: aRun().id,
  startedAt: at(0),
  endedAt: at(100),
  stepsByName: new Map(
    seconds.map((each, index): readonly [string, PastStep] => [
      `map:embed:${index}`,
      {startedAt: at(0), endedAt: at(each), lastAttemptMs: each * 1000, isReused: false},
    ]),
  ),
});

describe('the forecast of the items of a map', () => {
  test('uses the median duration of the items of this run that have ended, once there are three', () => {
    const table = createStepTable([anItem(0, 0, 10), anItem(1, 0, 20), anItem(2, 0, 30), anItem(3, 50)]);
    const forecast = buildMapForecasts(table, [aPastRun(90)], at(60)).get(group.id);
    assert.deepEqual(forecast?.item, {ms: 20_000, from: 'this-run'});
    assert.deepEqual([...(forecast?.itemForecastsByName ?? [])], [['map:embed:3', {startAt: at(60), endAt: at(70)}]]);
  });

  test('uses the median duration of all items of previous runs until three of this run have ended, and says which it used', () => {
    const table = createStepTable([anItem(0, 0, 10), anItem(1, 50)]);
    const past = [aPastRun(40, 20), aPastRun(60)];
    assert.deepEqual(buildMapForecasts(table, past, at(60)).get(group.id)?.item, {ms: 40_000, from: 'past-runs'});
    assert.deepEqual(buildMapForecasts(table, [], at(60)).get(group.id)?.item, {ms: 10_000, from: 'this-run'});
  });

  test('is unknown without any item to judge by, and for an item past its usual time', () => {
    assert.equal(buildMapForecasts(createStepTable([anItem(0, 0)]), [], at(60)).size, 0);
    const overdue = buildMapForecasts(createStepTable([anItem(0, 0)]), [aPastRun(20)], at(60)).get(group.id);
    assert.equal(overdue?.itemForecastsByName.size, 0);
  });

  test('includes the items that have not started, which run as many at a time as are running now', () => {
    const ended = [anItem(0, 0, 20), anItem(1, 0, 20), anItem(2, 20, 40)];
    const table = createStepTable([...ended, anItem(3, 50), anItem(4, 50)]);
    // Five of ten are to come; two at a time, each 20 s, after the 10 s left of the two running ones.
    assert.deepEqual(buildMapForecasts(table, [], at(60)).get(group.id)?.whole, {startAt: at(60), endAt: at(120)});
  });

  test('does not include items that have not started once another item has failed', () => {
    const name = 'map:embed:4';
    const failed = aStep({
      name,
      group,
      attempts: [anAttempt({name, status: 'failed', startedAt: at(0), endedAt: at(5)})],
    });
    const table = createStepTable([anItem(0, 0, 20), failed, anItem(3, 50)]);
    assert.deepEqual(buildMapForecasts(table, [], at(60)).get(group.id)?.whole, {startAt: at(60), endAt: at(70)});
  });
});

test('counts how many items of a group ran at the same time, and how many needed another attempt', () => {
  const name = 'map:embed:3';
  const retried = aStep({
    name,
    group,
    attempts: [
      anAttempt({name, number: 1, status: 'retried', startedAt: at(0), endedAt: at(5)}),
      anAttempt({name, number: 2, startedAt: at(10), endedAt: at(15)}),
    ],
  });
  const table = createStepTable([anItem(0, 0, 10), anItem(1, 0, 20), anItem(2, 20, 30), retried]);
  assert.deepEqual(getGroupWork(table, group.id), {mostAtOnce: 3, retriedCount: 1});
});
