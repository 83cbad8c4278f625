import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {decodeJson} from '../../src/api/decode/json.js';
import {decodeInstant} from '../../src/api/decode/time.js';
import {toArtifactVersionId, toRunId, toStepId} from '../../src/domain/ids.js';
import {createReplayingClient, never, readRecording} from './recorded.js';

type Path = readonly (string | number)[];

/** Every place in a JSON value, each before the places inside it. */
const listPaths = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, each]) => listPaths(each, [...path, key]))]
    : [path];

const withValueAt = (value: unknown, [key, ...rest]: Path, replacement: unknown): unknown => {
  if (key === undefined) {
    return replacement;
  }

  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = withValueAt(copy[key], rest, replacement);
  return copy;
};

const anything = fc.oneof(
  fc.jsonValue({maxDepth: 3}),
  fc.constantFrom({__proto__: null}, [], {}, '', -1, 1e308, 'x'.repeat(20_000)),
);
const query = {projectId: undefined, size: 10};
type Client = ReturnType<typeof createReplayingClient>['client'];

const requestsByName: Readonly<
  Record<string, readonly [version: string, name: string, send: (client: Client) => Promise<unknown>]>
> = {
  'a run': ['0.98.0', 'run-paused', client => client.fetchRun(toRunId('r'), true, never)],
  'an old run': ['0.82.1', 'run_fail', client => client.fetchRun(toRunId('r'), true, never)],
  'a list of runs': ['0.94.6', 'runs', client => client.fetchRuns(query, never)],
  'a list of steps': ['0.98.0', 'steps-page-retry', client => client.fetchSteps(toRunId('r'), query, never)],
  'a step': ['0.98.0', 'step-reduce', client => client.fetchStep(toStepId('s'), never)],
  'an old step': ['0.80.2', 'step_fail_failed', client => client.fetchStep(toStepId('s'), never)],
  'a graph': ['0.98.0', 'dag-map', client => client.fetchDag(toRunId('r'), never)],
  'planned steps': ['0.80.2', 'deployment_fail', client => client.fetchPlannedSteps('d', never)],
  'an artifact version': [
    '0.98.0',
    'artifact-version',
    client => client.fetchArtifactVersion(toArtifactVersionId('a'), never),
  ],
  'a log': [
    '0.98.0',
    'logs-entries',
    client => client.fetchStepLogs(toStepId('s'), {source: 'step', logsId: undefined}, never),
  ],
  'the server': ['0.98.0', 'info', client => client.fetchServerInfo(never)],
  'the user': ['0.98.0', 'current-user', client => client.fetchCurrentUser(never)],
};

test.each(Object.entries(requestsByName))(
  'never throws, whatever replaces any value in %s',
  async (_, [version, name, send]) => {
    const {body} = readRecording(version, name);
    const places = listPaths(body);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        anything,
        fc.constantFrom(200, 401, 404, 422, 500),
        async (place, replacement, status) => {
          // A request may be repeated after a 422: the second response is the recorded one.
          await send(
            createReplayingClient({status, body: withValueAt(body, place, replacement)}, {status: 200, body}).client,
          );
        },
      ),
      {numRuns: 150},
    );
  },
);

test('metadata of any form leaves the rest of a run as it is', async () => {
  const {body} = readRecording('0.98.0', 'run-success');
  await fc.assert(
    fc.asyncProperty(anything, async replacement => {
      const response = await createReplayingClient({
        status: 200,
        body: withValueAt(body, ['metadata'], replacement),
      }).client.fetchRun(toRunId('r'), true, never);
      assert.ok(response.ok);
      assert.equal(response.value.pipeline?.name, 'success_pipeline');
      assert.equal(response.value.status, 'completed');
    }),
    {numRuns: 50},
  );
});

test('any JSON that is not nested absurdly deep is kept as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 10}), value => {
      assert.equal(JSON.stringify(decodeJson(value)), JSON.stringify(value));
    }),
    {numRuns: 200},
  );
});

test('a value nested thousands of levels deep is cut', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  assert.ok(JSON.stringify(decodeJson(deep)).length < 200);
  const deepObject: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
  assert.ok(JSON.stringify(decodeJson(deepObject)).length < 500);
});

test('a key named __proto__ is an ordinary key', async () => {
  const {body} = readRecording('0.98.0', 'step-failed');
  const text = JSON.stringify(body).replace('"parameters":{}', '"parameters":{"__proto__":{"polluted":1}}');
  assert.ok(text.includes('polluted'));
  const response = await createReplayingClient({status: 200, body: JSON.parse(text)}).client.fetchStep(
    toStepId('s'),
    never,
  );
  assert.ok(response.ok);
  assert.deepEqual(Object.keys(response.value.config.parameters), ['__proto__']);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  assert.equal(Object.getPrototypeOf(response.value.config.parameters), Object.prototype);
});

test.each([
  ['2026-11-24T06:19:06.182417', Date.UTC(2026, 10, 24, 6, 19, 6, 182)],
  ['2026-11-24T06:00:00', Date.UTC(2026, 10, 24, 6)],
  ['2026-11-24 06:00:00', Date.UTC(2026, 10, 24, 6)],
  ['2026-11-24T06:00:00.5Z', Date.UTC(2026, 10, 24, 6, 0, 0, 500)],
  ['2026-11-24T06:00:00+02:00', Date.UTC(2026, 10, 24, 4)],
  ['2026-11-24', undefined],
  ['2026-99-99T06:00:00', undefined],
  ['yesterday', undefined],
  [1_795_501_384, undefined],
  [null, undefined],
] as const)('the time %s is read as %s', (wire, at) => {
  assert.equal(decodeInstant(wire), at);
});
