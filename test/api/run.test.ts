import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeRun} from '../../src/api/decode/run.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import {createReplayingClient, isAtLeast, never, type Recording, readRecording, versions} from './recorded.js';

const id = toRunId('r');
const fetchRecordedRun = async (recording: Recording): Promise<Run> => {
  const response = await createReplayingClient(recording).client.fetchRun(id, true, never);
  assert.ok(response.ok);
  return response.value;
};

const getProjectId = (version: string): string =>
  (readRecording(version, 'projects').body as {items: {id: string}[]}).items[0]!.id;

test.each(versions)('a hydrated failed run of %s has every field that this version sends', async version => {
  const recording = readRecording(version, 'run_fail');
  const run = await fetchRecordedRun(recording);
  const wire = recording.body as {id: string; metadata: {start_time: string; end_time: string}};
  assert.equal(run.id, wire.id);
  assert.match(run.name, /^failing_pipeline-2026_11_24-/);
  assert.equal(run.status, 'failed');
  assert.equal(run.statusWord, 'failed');
  assert.equal(run.pipeline?.name, 'failing_pipeline');
  assert.equal(run.stack?.name, 'default');
  assert.equal(run.user?.name, 'default');
  assert.equal(run.projectId, getProjectId(version));
  assert.equal(run.startedAt, Date.parse(`${wire.metadata.start_time}Z`));
  assert.equal(run.endedAt, Date.parse(`${wire.metadata.end_time}Z`));
  assert.ok(run.createdAt !== undefined && run.updatedAt !== undefined && run.updatedAt > run.createdAt);
  assert.match(run.snapshotId ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(run.tags, []);
  assert.deepEqual(run.metadata, {});
  assert.equal(run.config?.whole['execution_mode'], isAtLeast(version, '0.85.0') ? 'continue_on_failure' : undefined);
  assert.equal(run.config?.whole['name'], 'failing_pipeline');
  // Up to 0.93.0 a failed run stays in progress forever; before 0.85 servers do not report it.
  const isInProgress = isAtLeast(version, '0.93.3') ? false : isAtLeast(version, '0.85.0') ? true : undefined;
  assert.equal(run.isInProgress, isInProgress);
  assert.equal(run.index, isAtLeast(version, '0.93.3') ? 1 : undefined);
  const sources = run.logSources.map(({source}) => source);
  assert.deepEqual(sources, isAtLeast(version, '0.81.0') ? ['client'] : []);
});

test.each(versions)('an unhydrated run of %s leaves unknown what it does not contain', async version => {
  const run = await fetchRecordedRun(readRecording(version, 'run_success_unhydrated'));
  assert.equal(run.status, 'completed');
  assert.equal(run.pipeline?.name, 'success_pipeline');
  assert.equal(run.user?.name, 'default');
  assert.equal(run.startedAt, undefined);
  assert.equal(run.config, undefined);
  assert.equal(run.metadata, undefined);
  assert.equal(run.projectId === undefined, !isAtLeast(version, '0.82.1'));
});

test('a waiting run names what it waits for', async () => {
  const run = await fetchRecordedRun(readRecording('0.98.0', 'run-paused'));
  assert.equal(run.status, 'paused');
  assert.equal(run.statusReason, 'Waiting for input.');
  assert.equal(run.isDynamic, true);
  assert.equal(run.waitCondition?.name, 'approve');
  assert.deepEqual(
    run.logSources.map(({source}) => source),
    ['client', 'orchestrator'],
  );
});

test('decodes the exception of a failed dynamic run', async () => {
  const run = await fetchRecordedRun(readRecording('0.98.0', 'run-mapfailed'));
  assert.equal(run.isDynamic, true);
  assert.match(run.exception?.traceback ?? '', /in map_fail_pipeline\n +rs\.load\(\)/);
});

test('a child run names its parent', async () => {
  const run = await fetchRecordedRun(readRecording('0.98.0', 'run-child'));
  assert.match(run.parentRun?.name ?? '', /^parent/);
});

test('decodes the parameters of a run', async () => {
  const run = await fetchRecordedRun(readRecording('0.98.0', 'run-success'));
  assert.deepEqual(run.config?.parameters, {n: 5});
  assert.equal(run.config?.isCacheEnabled, undefined);
  assert.equal(run.isDynamic, false);
});

test.each(versions)('the list of runs of %s keeps the order of the server', async version => {
  const recording = readRecording(version, 'runs');
  const {client} = createReplayingClient(recording);
  const response = await client.fetchRuns({projectId: undefined, size: 50}, never);
  assert.ok(response.ok);
  const wire = recording.body as {total: number; items: {id: string}[]};
  assert.deepEqual(
    response.value.items.map(run => run.id),
    wire.items.map(item => item.id),
  );
  assert.equal(response.value.total, wire.total);
  assert.equal(response.value.pageCount, 1);
});

test('a run names the run that it replays, its orchestrator run and the environment that it was started from', async () => {
  const replay = await fetchRecordedRun(readRecording('0.98.0', 'run-replay'));
  assert.match(replay.context?.originalRun?.name ?? '', /^success_pipeline-/);
  const {context} = await fetchRecordedRun(readRecording('0.98.0', 'run-success'));
  assert.match(context?.orchestratorRunId ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(context?.clientEnvironment['zenml_version'], '0.98.0');
  assert.equal(context?.code, undefined);
});

test('an unhydrated run says nothing about where it came from', async () => {
  assert.equal((await fetchRecordedRun(readRecording('0.98.0', 'run-success-unhydrated'))).context, undefined);
});

test('code, model, schedule and trigger are decoded where the server has them', () => {
  const run = decodeRun({
    id: 'r',
    body: {status: 'running'},
    metadata: {config: {}},
    resources: {
      code_reference: {id: 'c', body: {commit: 'abc', subdirectory: 'src', code_repository: {id: 'x', name: 'repo'}}},
      model_version: {id: 'v', name: '3', body: {stage: 'staging', number: 3, model: {id: 'm', name: 'churn'}}},
      schedule: {id: 's', name: 'nightly'},
      trigger: {id: 't', name: 'on push'},
    },
  });
  assert.deepEqual(run?.context?.code, {commit: 'abc', subdirectory: 'src', repository: 'repo'});
  assert.equal(run?.context?.modelVersion, 'churn:3');
  assert.equal(run?.context?.modelStage, 'staging');
  assert.equal(run?.context?.schedule?.name, 'nightly');
  assert.equal(run?.context?.trigger?.name, 'on push');
});
