import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeLogEntries} from '../../src/api/decode/logs.js';
import {toRunId, toStepId} from '../../src/domain/ids.js';
import type {LogEntry} from '../../src/domain/log/entry.js';
import {
  createReplayingClient,
  isAtLeast,
  never,
  type Recording,
  readRecording,
  readRecordingPart,
  versions,
} from './recorded.js';

const stepId = toStepId('s');
const runId = toRunId('r');
const bySource = {source: 'step', logsId: undefined};

const decodeLog = async (...recordings: readonly Recording[]): Promise<readonly LogEntry[]> => {
  const response = await createReplayingClient(...recordings).client.fetchStepLogs(stepId, bySource, never);
  assert.ok(response.ok);
  return response.value;
};

test.each(versions)('decodes the log of a failed step of %s as entries in order, with times', async version => {
  const entries = await decodeLog(readRecordingPart(version, 'logs_step_fail_boom', 'source_step'));
  const entry = entries.find(({message}) => message.includes('about to fail'));
  assert.ok(entry, 'what the step printed is missing');
  assert.ok(entry.at !== undefined && entry.at > Date.UTC(2026, 10, 24) && entry.at < Date.UTC(2026, 10, 25));
  assert.equal(entry.level === undefined, !isAtLeast(version, '0.85.0'));
  assert.deepEqual(
    entries.map(({at}) => at),
    entries.map(({at}) => at).toSorted((a, b) => (a ?? 0) - (b ?? 0)),
  );
  // 0.84 keeps the traceback of a failure out of the log; elsewhere it is one entry, or an entry for each line.
  const whole = entries.map(({message}) => message).join('\n');
  assert.equal(
    /^Traceback \(most recent call last\)[\s\S]*^ValueError: boom: the data is bad$/m.test(whole),
    version !== '0.84.3',
  );
});

test.each(versions)('a cached step of %s has an empty log, not an error', async version => {
  assert.deepEqual(await decodeLog(readRecordingPart(version, 'logs_step_cached_train', 'source_step')), []);
});

test.each(versions)(
  'the log of a step of %s that has printed nothing yet has at most its start, and is not an error',
  async version => {
    const entries = await decodeLog(readRecording(version, 'logs_step_running'));
    assert.ok(entries.every(({message}) => message.includes('has started')));
  },
);

test.each(versions.filter(version => isAtLeast(version, '0.81.0')))('the log of a run of %s is read', async version => {
  const {client, requests} = createReplayingClient(readRecordingPart(version, 'logs_run_fail', 'source_client'));
  const response = await client.fetchRunLogs(runId, {source: 'client', logsId: undefined}, never);
  assert.ok(response.ok);
  assert.ok(response.value.some(({message}) => message.includes('failing_pipeline')));
  assert.deepEqual(requests[0]?.query, [['source', 'client']]);
});

test('0.80 has no run logs: a missing route, not an empty log', async () => {
  const {client} = createReplayingClient(readRecordingPart('0.80.2', 'logs_run_fail', 'source_client'));
  const response = await client.fetchRunLogs(runId, {source: 'client', logsId: undefined}, never);
  assert.deepEqual(response, {ok: false, failure: {kind: 'no-route', path: 'runs/r/logs'}});
});

test('requests a log by its ID alone, and by its source if the server knows no log IDs', async () => {
  const {client, requests} = createReplayingClient(
    readRecordingPart('0.93.3', 'logs_run_fail', 'logs_id'),
    readRecordingPart('0.93.3', 'logs_run_fail', 'source_client'),
  );
  const response = await client.fetchRunLogs(runId, {source: 'client', logsId: 'l'}, never);
  assert.ok(response.ok);
  assert.deepEqual(
    requests.map(({query}) => query),
    [[['logs_id', 'l']], [['source', 'client']]],
  );
});

test('the log of a step that does not exist is a failure', async () => {
  const response = await createReplayingClient(
    readRecordingPart('0.97.0', 'checks', 'step_logs_unknown_step'),
  ).client.fetchStepLogs(stepId, bySource, never);
  assert.equal(!response.ok && response.failure.kind, 'not-found');
});

test("reports in the server's own words that the server may not read the log", async () => {
  const {client} = createReplayingClient(readRecording('0.98.0', 'error-logs-local-store-not-allowed'));
  assert.deepEqual(await client.fetchStepLogs(stepId, bySource, never), {
    ok: false,
    failure: {
      kind: 'forbidden',
      detail: 'Files in a local artifact store cannot be accessed from the server.',
    },
  });
});

test('decodes a page of entries like a list', async () => {
  const entries = await decodeLog(readRecording('0.98.0', 'logs-entries'));
  assert.equal(entries.length, 3);
  assert.equal(entries[0]?.message, 'Initiating a new run for the pipeline: `success_pipeline`.');
  assert.equal(entries[0]?.at, Date.parse('2026-11-24T06:19:07.471381Z'));
});

test('the parts of a long message keep their place', async () => {
  const entries = await decodeLog(readRecording('0.98.0', 'logs-step-chunked'));
  const parts = entries.filter(({chunkCount}) => chunkCount > 1);
  assert.ok(parts.length > 1);
  assert.deepEqual(
    parts.filter(({id}) => id === parts[0]?.id).map(({chunkIndex}) => chunkIndex),
    Array.from({length: parts[0]?.chunkCount ?? 0}, (_, index) => index),
  );
});

test('in a plain-text log, lines without a timestamp belong to the previous entry', () => {
  const text = [
    'before any timestamp',
    '[2026-11-24 06:28:36 UTC] first',
    '',
    '  indented [2026-11-24 06:28:37 UTC] not a stamp',
    '[2026-11-24 06:28:38 UTC]',
    '[2026-11-24 06:28:39 UTC] last\r',
    '',
    '',
  ].join('\n');
  assert.deepEqual(
    decodeLogEntries(text)?.map(({message, at}) => [message, at]),
    [
      ['before any timestamp', undefined],
      ['first\n\n  indented [2026-11-24 06:28:37 UTC] not a stamp', Date.UTC(2026, 10, 24, 6, 28, 36)],
      ['', Date.UTC(2026, 10, 24, 6, 28, 38)],
      ['last', Date.UTC(2026, 10, 24, 6, 28, 39)],
    ],
  );
  assert.deepEqual(decodeLogEntries(''), []);
});

test('a list may contain plain lines, but not only items that cannot be decoded', () => {
  assert.equal(decodeLogEntries(3), undefined);
  assert.equal(decodeLogEntries([[[]]]), undefined);
  assert.deepEqual(decodeLogEntries([]), []);
  assert.deepEqual(
    decodeLogEntries([[], 'a line'])?.map(({message}) => message),
    ['a line'],
  );
});
