import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeDag} from '../../src/api/decode/dag.js';
import {decodeRun} from '../../src/api/decode/run.js';
import {decodeRecord} from '../../src/api/decode/wire.js';
import {withDag} from '../../src/domain/merge-steps.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {buildRunPath} from '../../src/domain/timeline/run-path.js';
import {readRecording} from '../api/recorded.js';

/** The path of a run recorded from ZenML 0.98, built from its graph alone. */
const buildRecordedPath = (runName: string, dagName: string) => {
  const run = decodeRun(decodeRecord(readRecording('0.98.0', runName).body))!;
  const dag = decodeDag(readRecording('0.98.0', dagName).body)!;
  const table = withDag(emptyStepTable, dag);
  const now = run.endedAt ?? (run.startedAt ?? 0) + 60_000;
  const isOver = run.endedAt !== undefined;
  return buildRunPath({run, table, childRuns: dag.childRuns, questions: [], pastRuns: [], isOver, now})!;
};

test('the critical path of a real run goes through its child run, and its segments add up', () => {
  const {path, times} = buildRecordedPath('run-parent', 'dag-parent');
  assert.deepEqual(
    path?.steps.map(name => name.replace(/-.*/, '')),
    ['child', 'work'],
  );
  const sum = path?.segments.reduce((total, {startedAt, endedAt}) => total + endedAt - startedAt, 0) ?? 0;
  assert.ok(Math.abs(sum - (times.until - times.startedAt)) < 1e-3);
});

test.each([
  ['run-retry', 'dag-retry'],
  ['run-failed', 'dag-failed'],
  ['run-map', 'dag-map'],
  ['run-cached', 'dag-cached'],
] as const)('the segments of %s of a real server add up to its elapsed time', (runName, dagName) => {
  const {path} = buildRecordedPath(runName, dagName);
  assert.ok(path !== undefined);
  const sum = path.segments.reduce((total, {startedAt, endedAt}) => total + endedAt - startedAt, 0);
  assert.ok(Math.abs(sum - path.elapsedMs) < 1e-3);
});
