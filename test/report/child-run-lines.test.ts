import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {DagChildRun} from '../../src/domain/dag.js';
import type {Status} from '../../src/domain/status.js';
import {getLineText} from '../../src/format/line.js';
import {renderChildRuns} from '../../src/report/child-run-lines.js';
import {at} from '../support/builders.js';

const aChildRun = (status: Status, name = 'tune_pipeline-2026_11_28-19_15_41_651127'): DagChildRun => ({
  id: undefined,
  name,
  status: {status, statusWord: status},
  startedAt: at(0),
  durationMs: 18_000,
});

const render = (...childRuns: readonly DagChildRun[]) => renderChildRuns({childRuns}).map(getLineText);

test('counts child runs by status and names those that failed, without the date in their names', () => {
  assert.deepEqual(render(aChildRun('completed'), aChildRun('failed'), aChildRun('completed', 'mine')), [
    '3 child runs: 2 completed · 1 failed',
    '  tune_pipeline failed after 18s',
  ]);
});

test('has no lines if there are no child runs', () => {
  assert.deepEqual(render(), []);
});

test('names at most five failed child runs, and counts the others', () => {
  const lines = render(...Array.from({length: 7}, (_, index) => aChildRun('failed', `tune ${index}`)));
  assert.equal(lines.length, 7);
  assert.equal(lines.at(-1), '  and 2 more failed child runs');
});
