import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {PastRun} from '../../../src/domain/past-run.js';
import {buildForecasts} from '../../../src/domain/timeline/forecast.js';
import {computeOpeningZoom} from '../../../src/domain/timeline/opening-window.js';
import {buildRunSpans, getRunTimes} from '../../../src/domain/timeline/run-spans.js';
import {fitWindow} from '../../../src/domain/timeline/window.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aRun, aStep, at} from '../../support/builders.js';

const times = {startedAt: at(0), until: at(100), isOver: true};

describe('a span', () => {
  test('has no length if its end is before its start', () => {
    const table = createStepTable([aStep({attempts: [anAttempt({startedAt: at(20), endedAt: at(10)})]})]);
    const [span] = buildRunSpans(table, times);
    assert.deepEqual([span?.startedAt, span?.endedAt], [at(20), at(20)]);
  });

  test('ends with the run, and is marked as uncertain, if its step is still running when the run is over', () => {
    const table = createStepTable([aStep({attempts: [anAttempt({status: 'running', startedAt: at(20)})]})]);
    const [span] = buildRunSpans(table, times);
    assert.equal(span?.endedAt, at(100));
    assert.deepEqual([span?.attempts[0]?.isEndUnknown, span?.isLive], [true, false]);
  });

  test('is the same for a finished step at any time, and grows for a running one', () => {
    const table = createStepTable([
      aStep({attempts: [anAttempt({name: 'done', startedAt: at(1), endedAt: at(5)})]}),
      aStep({attempts: [anAttempt({name: 'runs', status: 'running', startedAt: at(5)})]}),
    ]);
    const ends = [50, 60].map(until =>
      buildRunSpans(table, {startedAt: at(0), until: at(until), isOver: false}).map(({endedAt}) => endedAt),
    );
    assert.deepEqual(ends, [
      [at(5), at(50)],
      [at(5), at(60)],
    ]);
  });
});

test('a run without a start time starts with its first step', () => {
  const table = createStepTable([aStep({attempts: [anAttempt({startedAt: at(7), endedAt: at(9)})]})]);
  assert.equal(getRunTimes(aRun({startedAt: undefined}), table, false, at(20))?.startedAt, at(7));
  assert.equal(getRunTimes(aRun({startedAt: undefined}), createStepTable([]), false, at(20)), undefined);
});

const past: PastRun = {
  id: toRunId('44444444-4444-4444-8444-444444444444'),
  startedAt: at(0),
  endedAt: at(100),
  stepsByName: new Map(
    ['train', 'side', 'deploy', 'notify'].map((name, index) => [
      name,
      {startedAt: at(index * 10), endedAt: at(index * 10 + 10), lastAttemptMs: 10_000, isReused: false},
    ]),
  ),
};

describe('a forecast', () => {
  test('is made only for steps that can still run, not for those downstream of a failed one', () => {
    const table = createStepTable([
      aStep({attempts: [anAttempt({name: 'train', status: 'failed', startedAt: at(0), endedAt: at(5)})]}),
      aStep({attempts: [anAttempt({name: 'side', startedAt: at(0), endedAt: at(8)})]}),
      aPlannedStep({name: 'deploy', upstream: ['train']}),
      aPlannedStep({name: 'notify', upstream: ['side']}),
    ]);
    assert.deepEqual([...buildForecasts(table, [past], at(10)).keys()], ['notify']);
  });

  test('is not made for a running step that is past its usual time, nor without past runs', () => {
    const table = createStepTable([
      aStep({attempts: [anAttempt({name: 'train', status: 'running', startedAt: at(0)})]}),
    ]);
    assert.deepEqual([...buildForecasts(table, [past], at(5)).values()], [{startAt: at(5), endAt: at(10)}]);
    assert.equal(buildForecasts(table, [past], at(60)).size, 0);
    assert.equal(buildForecasts(table, [], at(5)).size, 0);
  });
});

test('the timeline opens zoomed in for a long chain of short bars, but shows the whole run for a short chain or parallel steps', () => {
  const computeZoom = (count: number, getStart: (index: number) => number): number => {
    const attempts = Array.from({length: count}, (_, index) =>
      anAttempt({name: `s${index}`, startedAt: at(getStart(index)), endedAt: at(getStart(index) + 1)}),
    );
    const table = createStepTable(attempts.map(attempt => aStep({attempts: [attempt]})));
    return computeOpeningZoom(buildRunSpans(table, times), fitWindow(at(0), at(500)), 80);
  };
  assert.ok(computeZoom(100, index => 5 * index) > 1);
  assert.equal(
    computeZoom(10, index => 5 * index),
    1,
  );
  assert.equal(
    computeZoom(100, index => (index % 2) / 10),
    1,
  );
});
