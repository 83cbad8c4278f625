import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {createClient} from '../../src/api/create-client.js';
import type {Transport} from '../../src/api/transport.js';
import {toRunId, toStepId} from '../../src/domain/ids.js';
import type {Exchange, RecordedBody} from '../../src/recording/exchange.js';
import {createStoppedClock} from '../../src/recording/replay-clock.js';
import {openReplay} from '../../src/recording/replay-transport.js';
import {anonymous, createReplayingTransport, never, readRecording, versions} from '../api/recorded.js';
import {at} from '../support/builders.js';

type Row = {readonly id: string};

const buildExchange = (path: string, body: unknown, seconds: number): Exchange<RecordedBody> => ({
  request: {method: 'GET', path, query: []},
  requestedAt: at(seconds),
  respondedAt: at(seconds),
  outcome: {
    kind: 'response',
    status: 200,
    headers: {'content-type': 'application/json'},
    body: {kind: 'json', value: body},
    serverDateAt: undefined,
  },
});

const createTestClient = (transport: Transport) =>
  createClient({serverUrl: 'http://zenml.example', transport, credentials: anonymous});

describe.each(versions)('a recording of ZenML %s', version => {
  const run = readRecording(version, 'run_fail').body as Row;
  const steps = readRecording(version, 'steps_list_fail').body as {readonly items: readonly Row[]};
  const step = readRecording(version, 'step_fail_failed').body as Row;
  const id = toRunId(run.id);

  const createReplayClient = () => {
    const replay = openReplay({
      zentopVersion: '1.2.3',
      serverUrl: 'http://zenml.example',
      runId: id,
      exchanges: [
        buildExchange(`runs/${id}`, run, 1),
        buildExchange(`runs/${id}/steps`, steps, 2),
        buildExchange(`steps/${step.id}`, step, 3),
      ],
      endAt: at(3),
      end: 'closed',
    });
    assert.ok(replay);
    return createTestClient(replay.createTransport(createStoppedClock(replay.endAt, setImmediate)));
  };

  const createDirectClient = (body: unknown) =>
    createTestClient(createReplayingTransport({status: 200, body}).transport);

  test('has the complete run', async () => {
    const [actual, expected] = [
      await createReplayClient().fetchRun(id, true, never),
      await createDirectClient(run).fetchRun(id, true, never),
    ];
    assert.ok(actual.ok && expected.ok);
    assert.deepEqual(actual.value, expected.value);
  });

  test('has the details of a step', async () => {
    const stepId = toStepId(step.id);
    const [actual, expected] = [
      await createReplayClient().fetchStep(stepId, never),
      await createDirectClient(step).fetchStep(stepId, never),
    ];
    assert.ok(actual.ok && expected.ok);
    assert.deepEqual(actual.value, expected.value);
  });

  test('lists its steps', async () => {
    const query = {projectId: undefined, size: 100};
    const actual = await createReplayClient().fetchSteps(id, query, never);
    const expected = await createDirectClient(steps).fetchSteps(id, query, never);
    assert.ok(actual.ok && expected.ok);
    const pickKeyFields = (rows: typeof actual.value.items) => rows.map(({id, name, status}) => ({id, name, status}));
    assert.deepEqual(pickKeyFields(actual.value.items), pickKeyFields(expected.value.items));
    assert.ok(actual.value.items.length > 0);
    const failed = await createReplayClient().fetchSteps(id, {...query, filters: {status: 'failed'}}, never);
    assert.deepEqual(failed.ok && failed.value.items.map(({name}) => name), ['boom']);
  });
});
