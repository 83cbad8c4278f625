import assert from 'node:assert/strict';
import {test} from 'vitest';
import {fetchRunWithEnd} from '../../../src/cli/runs/fetch-run-with-end.js';
import {toRunId} from '../../../src/domain/ids.js';
import {withAttempts, withDag} from '../../../src/domain/merge-steps.js';
import type {Run} from '../../../src/domain/run.js';
import {emptyStepTable} from '../../../src/domain/step-table.js';
import {getRunDurationMs} from '../../../src/report/known-run.js';
import {getListedDurationMs} from '../../../src/report/runs-document.js';
import {createReplayingClient, never, readRecording} from '../../api/recorded.js';
import {aServerInfo} from '../../support/builders.js';

const now = Date.parse('2026-11-24T09:00:00Z');
const id = toRunId('1');

const readFailedRun = async (version: string): Promise<Run> => {
  const run = await createReplayingClient(readRecording(version, 'run_fail')).client.fetchRun(id, true, never);
  assert.ok(run.ok);
  return run.value;
};

test.each(['0.85.0', '0.90.0', '0.92.0'])(
  'a failed run of ZenML %s has the same duration in the list as with --once',
  async version => {
    const run = await readFailedRun(version);
    assert.equal(run.isInProgress, true);
    const {client} = createReplayingClient(readRecording(version, 'dag_fail'));
    const listedRun = await fetchRunWithEnd(client, run, {server: aServerInfo({version}), now}, never);

    const {client: other} = createReplayingClient(
      readRecording(version, 'dag_fail'),
      readRecording(version, 'steps_list_fail'),
    );
    const dag = await other.fetchDag(id, never);
    const steps = await other.fetchSteps(id, {projectId: undefined, size: 100}, never);
    assert.ok(dag.ok && steps.ok);
    const table = withAttempts(withDag(emptyStepTable, dag.value), steps.value.items);
    const onceDurationMs = getRunDurationMs({
      run,
      table,
      detailsById: new Map(),
      childRuns: [],
      questions: [],
      userNamesById: new Map(),
      resourceRequestsById: new Map(),
      pastRuns: [],
      isOver: true,
      now,
    });
    assert.ok(onceDurationMs !== undefined);
    assert.ok(Math.abs((getListedDurationMs(listedRun, now) ?? 0) - onceDurationMs) <= 1);
    assert.ok((listedRun.endedAt ?? 0) > (run.endedAt ?? 0), 'later than the first failure');
  },
);

test('a failed run that has ended is not fetched again', async () => {
  const run = await readFailedRun('0.93.3');
  const {client, requests} = createReplayingClient();
  assert.equal(await fetchRunWithEnd(client, run, {server: undefined, now}, never), run);
  assert.equal(requests.length, 0);
});

test('without the graph, a failed run of ZenML 0.92 counts as ended at an unknown time', async () => {
  const run = await readFailedRun('0.92.0');
  const {client} = createReplayingClient({status: 503, body: 'Internal Server Error'});
  const listedRun = await fetchRunWithEnd(client, run, {server: aServerInfo({version: '0.92.0'}), now}, never);
  assert.deepEqual([listedRun.isInProgress, listedRun.endedAt], [false, undefined]);
});
