import assert from 'node:assert/strict';
import {gzipSync} from 'node:zlib';
import {describe, test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import {toRunId} from '../../src/domain/ids.js';
import {type Recording, readRecording} from '../../src/recording/read-recording.js';
import {type RecordingStop, startRecorder} from '../../src/recording/recorder.js';
import {at} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {buildExchange} from './support/exchanges.js';
import {createMemoryFile} from './support/memory-file.js';

const runId = toRunId('11111111-1111-4111-8111-111111111111');

const createTestRecorder = (limitBytes = 1_000_000) => {
  const file = createMemoryFile();
  const clock = createHandClock();
  const stops: RecordingStop[] = [];
  const recorder = startRecorder({
    ...{file, limitBytes, now: clock.now, after: clock.after},
    zentopVersion: '1.2.3',
    serverUrl: 'https://zenml.example.org',
    onStop: stop => stops.push(stop),
  });
  return {file, clock, recorder, stops};
};

const read = (bytes: Uint8Array): Recording => {
  const result = readRecording(bytes);
  assert.ok(result.ok, JSON.stringify(result));
  return result.recording;
};

const aRow = (id: number, status = 'running') => ({id: `step-${id}`, body: {status}});
const aPage = (...items: readonly unknown[]) => ({index: 1, total: items.length, items});

describe('a recording', () => {
  test('returns the recorded exchanges', async () => {
    const {file, recorder} = createTestRecorder();
    const first = buildExchange(1, aPage(aRow(1), aRow(2), aRow(3)), {path: 'steps', query: [['size', '3']]});
    const second = buildExchange(2, 'null', {status: 503, headers: {'retry-after': '7', 'set-cookie': 'x'}});
    const third = buildExchange(3, '<html>', {headers: {'content-type': 'text/html'}});
    const failure = {kind: 'timed-out', afterMs: 30_000} as const;
    recorder.addRun(runId);
    for (const exchange of [first, second, third]) {
      recorder.addExchange(exchange);
    }

    recorder.addExchange({...first, requestedAt: at(4), respondedAt: at(34), outcome: {kind: 'failure', failure}});
    await recorder.close();

    const recording = read(file.bytes());
    assert.equal(recording.zentopVersion, '1.2.3');
    assert.equal(recording.serverUrl, 'https://zenml.example.org');
    assert.equal(recording.runId, runId);
    assert.equal(recording.end, 'closed');
    assert.equal(recording.endAt, at(34));
    assert.deepEqual(recording.exchanges, [
      {...first, outcome: {...first.outcome, body: {kind: 'json', value: aPage(aRow(1), aRow(2), aRow(3))}}},
      {
        ...second,
        outcome: {
          ...second.outcome,
          headers: {'content-type': 'application/json', 'retry-after': '7'},
          body: {kind: 'json', value: null},
        },
      },
      {...third, outcome: {...third.outcome, body: {kind: 'text', value: '<html>'}}},
      {...first, requestedAt: at(4), respondedAt: at(34), outcome: {kind: 'failure', failure}},
    ]);
  });

  test.each<Failure>([
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'connection refused'},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'redirects in a loop', requestCount: 4},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'proxy p:3128: connection refused', proxy: 'p:3128'},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'this port speaks no TLS', fault: 'plain-port'},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'this port speaks TLS', fault: 'tls-port'},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'no common version of TLS', fault: 'tls'},
    {kind: 'unreachable', host: 'zenml.example.org', reason: 'no certificate', fault: 'client-certificate'},
    {kind: 'untrusted', host: 'zenml.example.org', reason: 'self-signed certificate'},
    {kind: 'proxy-refused', proxy: 'p:3128', status: 407, isLoginSent: true},
    {kind: 'proxy-refused', proxy: undefined, status: 403, isLoginSent: false},
    {kind: 'timed-out', afterMs: 30_000},
    {kind: 'too-large', limitBytes: 50_000_000},
  ])('returns the failure of a request as it was: %j', async failure => {
    const {file, recorder} = createTestRecorder();
    recorder.addRun(runId);
    recorder.addExchange({...buildExchange(1, {}), outcome: {kind: 'failure', failure}});
    await recorder.close();
    assert.deepEqual(
      read(file.bytes()).exchanges.map(({outcome}) => outcome),
      [{kind: 'failure', failure}],
    );
  });

  test('contains each version of a row once, however often it was received', async () => {
    const {file, recorder} = createTestRecorder();
    recorder.addExchange(buildExchange(1, aPage(aRow(1), aRow(2), aRow(3))));
    recorder.addExchange(buildExchange(2, aPage(aRow(1), aRow(2, 'completed'), aRow(3))));
    await recorder.close();
    assert.equal(file.lines().filter(line => line.includes('"part"')).length, 4);
  });

  test('returns bodies of every kind unchanged', async () => {
    const bodies = [[], [[1, 2], {a: []}, null], {nodes: [1], edges: [], name: 'x'}, 'text', 7, null, {}];
    const {file, recorder} = createTestRecorder();
    recorder.addRun(runId);
    bodies.forEach((body, second) => {
      recorder.addExchange(buildExchange(second, JSON.stringify(body)));
    });
    await recorder.close();
    const values = read(file.bytes()).exchanges.map(({outcome}) => outcome.kind === 'response' && outcome.body.value);
    assert.deepEqual(values, bodies);
  });

  test('of a day without changes stays small', async () => {
    const {file, recorder} = createTestRecorder(64_000_000);
    const delta = aPage(aRow(1));
    for (let second = 0; second < 86_400; second += 5) {
      recorder.addExchange(buildExchange(second, delta));
    }

    await recorder.close();
    assert.ok(file.text().length < 2_000_000, `${file.text().length} bytes`);
    assert.ok(gzipSync(file.text()).length < 200_000, `${gzipSync(file.text()).length} bytes in gzip`);
  });

  test('is written within a second', async () => {
    const {file, clock, recorder} = createTestRecorder();
    recorder.addRun(runId);
    recorder.addExchange(buildExchange(0, aPage(aRow(1))));
    assert.equal(file.text(), '');
    await clock.advance(1100);
    assert.equal(read(file.bytes()).exchanges.length, 1);
    assert.equal(read(file.bytes()).end, undefined);
  });

  test('ends when it is full', async () => {
    const {file, recorder, stops} = createTestRecorder(2000);
    recorder.addRun(runId);
    for (let second = 0; second < 100; second++) {
      recorder.addExchange(buildExchange(second, aPage(aRow(second))));
    }

    await recorder.close();
    assert.deepEqual(stops, [{kind: 'full', limitBytes: 2000}]);
    assert.ok(file.text().length <= 2000);
    assert.ok(file.text().length > 1500);
    const recording = read(file.bytes());
    assert.equal(recording.end, 'full');
    assert.ok(recording.exchanges.length > 3);
    assert.ok(file.isClosed());
  });

  test('reports once that it cannot be written, and records nothing more', async () => {
    const {file, clock, recorder, stops} = createTestRecorder();
    await clock.advance(1100);
    file.fail('ENOSPC: no space left on device');
    recorder.addExchange(buildExchange(2, aPage(aRow(1))));
    await clock.advance(1100);
    recorder.addExchange(buildExchange(3, aPage(aRow(2))));
    await clock.advance(1100);
    await recorder.close();
    assert.deepEqual(stops, [{kind: 'broken', error: new Error('ENOSPC: no space left on device')}]);
    assert.equal(file.lines().length, 1);
    assert.ok(file.isClosed());
  });

  test('reports that it cannot be written even if the error occurs only on closing', async () => {
    const {file, recorder, stops} = createTestRecorder();
    file.fail('ENOSPC: no space left on device');
    recorder.addExchange(buildExchange(2, aPage(aRow(1))));
    await recorder.close();
    assert.equal(stops[0]?.kind, 'broken');
    assert.equal(stops.length, 1);
  });
});
