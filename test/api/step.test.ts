import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../src/domain/attempt.js';
import {toRunId, toStepId} from '../../src/domain/ids.js';
import {getMaxAttempts} from '../../src/domain/retry.js';
import {createReplayingClient, isAtLeast, never, type Recording, readRecording, versions} from './recorded.js';

const query = {projectId: undefined, size: 200};

const decodeRecordedStep = async (recording: Recording): Promise<StepDetail> => {
  const response = await createReplayingClient(recording).client.fetchStep(toStepId('s'), never);
  assert.ok(response.ok);
  return response.value;
};

test.each(versions)('decodes the attempts of a retried step from %s', async version => {
  const {client} = createReplayingClient(readRecording(version, 'steps_retry'));
  const response = await client.fetchSteps(toRunId('r'), query, never);
  assert.ok(response.ok);
  assert.deepEqual(
    response.value.items.map(({name, number, status}) => `${name} ${number} ${status}`),
    isAtLeast(version, '0.84.0')
      ? ['flaky 1 retried', 'flaky 2 completed', 'after_flaky 1 completed']
      : ['flaky 1 completed', 'after_flaky 1 completed'],
  );
  for (const attempt of response.value.items) {
    assert.ok(attempt.startedAt !== undefined && attempt.endedAt !== undefined && attempt.updatedAt !== undefined);
    assert.ok(attempt.endedAt >= attempt.startedAt);
    assert.equal(attempt.heartbeatThresholdMs, undefined);
  }

  const [input] = response.value.items.at(-1)?.inputs ?? [];
  assert.equal(input?.inputType, 'step_output');
  assert.equal(input?.artifact.artifactName, 'attempts');
  assert.equal(input?.artifact.dataType, 'builtins.int');
});

test.each(versions)('inputs and outputs of %s are lists, wherever and however they are sent', async version => {
  const {client} = createReplayingClient(readRecording(version, 'steps_list_fail'));
  const response = await client.fetchStepDetails({...query, runId: toRunId('r')}, never);
  assert.ok(response.ok);
  const load = response.value.items.find(({attempt}) => attempt.name === 'load');
  const boom = response.value.items.find(({attempt}) => attempt.name === 'boom');
  assert.ok(load && boom);
  assert.equal(load.attempt.status, 'cached');
  assert.match(load.originalStepId ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(load.attempt.startedAt, load.attempt.endedAt);
  assert.deepEqual(
    load.attempt.outputs?.map(({name}) => name),
    ['info', 'numbers'],
  );
  assert.deepEqual(load.metadata, {rows: 5, nested: {ratio: 1.5, label: 'x'}});
  assert.deepEqual(
    boom.attempt.inputs?.map(({name, artifact}) => [name, artifact.artifactName, artifact.version, artifact.type]),
    [['numbers', 'numbers', '1', 'BaseArtifact']],
  );
  assert.deepEqual(boom.attempt.outputs, []);
});

test.each(versions)(
  'a failed step of %s has its configuration, its code and, since 0.84, its exception',
  async version => {
    const step = await decodeRecordedStep(readRecording(version, 'step_fail_failed'));
    assert.equal(step.attempt.name, 'boom');
    assert.equal(step.attempt.status, 'failed');
    assert.match(step.runId ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(step.config.name, 'boom');
    assert.equal(step.config.isCacheEnabled, false);
    assert.equal(step.config.retry, undefined);
    assert.match(String(step.config.cachingParameters['step_source']), /^[0-9a-f]{64}$/);
    assert.deepEqual(step.config.outputMaterializers, {
      output: ['zenml.materializers.built_in_materializer.BuiltInMaterializer'],
    });
    assert.equal(step.config.cachePolicy?.includesStepCode, isAtLeast(version, '0.85.0') ? true : undefined);
    assert.equal(step.spec.source, 'zp.boom');
    assert.deepEqual(step.spec.upstream, ['load']);
    assert.deepEqual(step.spec.inputs, [{name: 'numbers', writer: 'load'}]);
    assert.match(step.cacheKey ?? '', /^[0-9a-f]{32}$/);
    assert.equal(step.cacheExpiresAt, undefined);
    assert.match(step.sourceCode ?? '', /def boom/);
    assert.equal(step.exception === undefined, !isAtLeast(version, '0.84.0'));
    if (step.exception !== undefined) {
      const line = step.exception.line ?? 0;
      assert.equal(step.sourceCode?.split('\n')[line - 1]?.trim(), 'raise ValueError("boom: the data is bad")');
    }

    assert.equal(step.exception?.message, isAtLeast(version, '0.94.6') ? 'boom: the data is bad' : undefined);
    assert.equal(step.exception?.source, isAtLeast(version, '0.94.6') ? 'builtins.ValueError' : undefined);
    const sources = step.attempt.logSources.map(({source}) => source);
    assert.deepEqual(
      sources,
      isAtLeast(version, '0.93.0') ? ['prepare_step', 'step'] : isAtLeast(version, '0.84.0') ? ['execution'] : ['step'],
    );
  },
);

test.each(versions.filter(version => isAtLeast(version, '0.84.0')))(
  'the retry policy and the first failure of a retried attempt are kept in %s',
  async version => {
    const step = await decodeRecordedStep(readRecording(version, 'step_retry_retried'));
    assert.equal(step.attempt.status, 'retried');
    assert.deepEqual(step.config.retry, {maxRetries: 2, delaySeconds: 1, backoff: 1});
    assert.match(step.exception?.traceback ?? '', /raise RuntimeError/);
  },
);

test('before 0.84, which does not number attempts, the first attempt counts as one of the retries', async () => {
  const recording = readRecording('0.84.3', 'step_retry_retried');
  const {version: _, ...body} = (recording.body as {body: Record<string, unknown>}).body;
  const {config} = await decodeRecordedStep({...recording, body: {...(recording.body as object), body}});
  assert.equal(getMaxAttempts(config.retry), 2);
  assert.equal(config.retry?.maxRetries, 2);
});

test.each(versions.filter(version => isAtLeast(version, '0.92.0')))(
  'items of a map keep their names and share their group in %s',
  async version => {
    const {client} = createReplayingClient(readRecording(version, 'steps_list_dynamic'));
    const response = await client.fetchStepDetails({...query, runId: toRunId('r')}, never);
    assert.ok(response.ok);
    const mapped = response.value.items.filter(({config}) => config.name === 'double');
    assert.deepEqual(
      mapped.map(({attempt}) => attempt.name).sort(),
      isAtLeast(version, '0.94.3')
        ? ['map:double:0', 'map:double:1', 'map:double:2']
        : ['double', 'double_2', 'double_3'],
    );
    const groups = new Set(mapped.map(({config}) => config.group?.id));
    assert.equal(groups.size, 1);
    assert.equal(groups.has(undefined), !isAtLeast(version, '0.93.2'));
    const total = response.value.items.find(({attempt}) => attempt.name === 'total');
    assert.equal(total?.attempt.inputs?.length, 3);
  },
);

test('a step that reduces a map has its inputs in the order of their index', async () => {
  const recording = readRecording('0.98.0', 'step-reduce');
  const wire = structuredClone(recording) as {body: {resources: {inputs: {vals: unknown[]}}}} & Recording;
  wire.body.resources.inputs.vals.reverse();
  const step = await decodeRecordedStep(wire);
  assert.deepEqual(
    step.attempt.inputs?.map(({index}) => index),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    step.spec.inputs.map(({writer}) => writer),
    ['map:work:0', 'map:work:1', 'map:work:2', 'map:work:3'],
  );
});

test('a skipped step names the step whose outputs it reuses', async () => {
  const step = await decodeRecordedStep(readRecording('0.98.0', 'step-skipped'));
  assert.equal(step.attempt.status, 'skipped');
  assert.match(step.originalStepId ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(step.attempt.logSources, []);
});

test('decodes a row without metadata from its body', async () => {
  const {client} = createReplayingClient(readRecording('0.98.0', 'steps-page-retry'));
  const response = await client.fetchSteps(toRunId('r'), query, never);
  assert.ok(response.ok);
  assert.deepEqual(
    response.value.items.map(({number, status, logSources}) => [number, status, logSources.at(-1)?.source]),
    [
      [1, 'retried', 'step'],
      [2, 'retried', 'step'],
      [3, 'completed', 'step'],
    ],
  );
});

test.each(versions)('an artifact version of %s names its producer', async version => {
  const response = await createReplayingClient(readRecording(version, 'artifact_version')).client.fetchArtifactVersion(
    getRecordedId(version),
    never,
  );
  assert.ok(response.ok);
  assert.equal(response.value.artifact.artifactName, 'numbers');
  assert.match(response.value.producerStepId ?? '', /^[0-9a-f-]{36}$/);
  assert.match(response.value.producerRunId ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(response.value.metadata, {length: 5, storage_size: 15});
  assert.deepEqual(
    response.value.visualizations.map(({type}) => type),
    ['json'],
  );
  assert.equal(response.value.user?.name, 'default');
});

const getRecordedId = (version: string) =>
  (readRecording(version, 'artifact_version').body as {id: string}).id as Parameters<
    ReturnType<typeof createReplayingClient>['client']['fetchArtifactVersion']
  >[0];
