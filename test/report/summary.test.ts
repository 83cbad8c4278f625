import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {countLineCells, getLineText} from '../../src/format/line.js';
import {renderSummary} from '../../src/report/summary.js';
import {formatTerminalTitle} from '../../src/report/title.js';
import {aDetail, anException, aRun, at} from '../support/builders.js';
import {failedTraining, training} from '../support/runs.js';
import {aConnectingState, aSession, aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const failedState = reduceAll(
  aWatchingState({run: aRun({status: 'failed'}), ...failedTraining, requestedAt: at(900)}),
  createArrival(
    'step:step-trainer-2',
    {
      kind: 'step',
      detail: aDetail({attempt: failedTraining.attempts.at(-1)!, exception: anException()}),
    },
    at(900),
  ),
);
const url = `https://zenml.example.com/projects/default/runs/${aRun().id}`;

describe('the summary printed when the screen closes', () => {
  test('shows the result of the run, its failures and its URL', () => {
    assert.deepEqual(renderSummary(failedState, 120).map(getLineText), [
      `training_pipeline #42 failed after 12m 04s  ${aRun().name}`,
      '6/9 done: 4 completed · 1 cached · 1 failed · 3 not run',
      '  trainer failed after 8m 29s: RuntimeError: CUDA out of memory (line 3)',
      url,
    ]);
  });

  test('shows the progress of a running run', () => {
    const lines = renderSummary(aWatchingState(training), 120).map(getLineText);
    assert.match(lines[0]!, /^training_pipeline #42 running for 10m 0\ds/);
    assert.equal(lines[1], '4/9 done: 2 completed · 1 cached · 1 failed · 2 running · 3 waiting');
  });

  test.each([45, 20])('fits into %i cells except for the URL, which is not cut', columns => {
    const lines = renderSummary(failedState, columns);
    assert.ok(lines.slice(0, -1).every(line => countLineCells(line) <= columns));
    assert.equal(getLineText(lines.at(-1)!), url);
  });

  test('has no URL in demo mode, where the server exits with the program', () => {
    const demoState = aWatchingState({...training, session: aSession({isDemo: true})});
    const lines = renderSummary(demoState, 120).map(getLineText);
    assert.ok(lines.length > 0 && !lines.join('\n').includes('http'), lines.join('\n'));
  });

  test('is empty before anything is loaded', () => assert.deepEqual(renderSummary(aConnectingState(), 80), []));
});

describe("the terminal's title", () => {
  test('shows the phase, the pipeline and the progress', () => {
    assert.equal(formatTerminalTitle(failedState), '✗ training_pipeline 6/9');
    assert.equal(formatTerminalTitle(aWatchingState(training)), '◒ training_pipeline 4/9');
  });

  test('is the name of the program before anything is loaded, and contains no control characters', () => {
    assert.equal(formatTerminalTitle(aConnectingState()), 'zentop');
    const run = aRun({pipeline: undefined, name: 'a\x1b]0;b\x07c'});
    assert.doesNotMatch(formatTerminalTitle(aWatchingState({run})), /[\x00-\x1f]/);
  });
});
