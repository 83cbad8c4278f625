import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createClient} from '../../src/api/create-client.js';
import {createFrameReader, type StreamFrame} from '../../src/api/decode/event-stream.js';
import {createHttpTransport} from '../../src/api/http-transport.js';
import {toRunId} from '../../src/domain/ids.js';
import {succeed} from '../../src/domain/result.js';
import type {RunEvent} from '../../src/domain/run-event.js';
import {sendJson, startLocalServer} from '../support/local-server.js';

const stepId = '384def81-e4d2-412b-878b-722825883326';

/** A frame as a server 0.98.0 sends it. */
const formatFrame = (id: number, payload: object): string =>
  `id: ${id}\nevent: progress\ndata: ${JSON.stringify({
    pipeline_run_id: 'e93e9afc-de77-4165-9ff8-1e75e30ae942',
    step_run_id: stepId,
    step_name: 'emit',
    kind: 'progress',
    correlation_id: null,
    index: null,
    payload,
  })}\n\n`;

const readAll = (pieces: readonly string[]): readonly StreamFrame[] => {
  const frames: StreamFrame[] = [];
  const read = createFrameReader(each => frames.push(each));
  for (const piece of pieces) {
    read(piece);
  }

  return frames;
};

test('events are read wherever the stream is split, without its pings', () => {
  const text = `: ping\n\n${formatFrame(1, {epoch: 1, total: 5})}id: 2\nevent: cursor\n\n${formatFrame(3, {epoch: 2, total: 5})}event: end\ndata: {}\n\n`;
  const whole = readAll([text]);
  assert.deepEqual(
    whole.map(({kind}) => kind),
    ['event', 'cursor', 'event', 'end'],
  );
  assert.deepEqual(whole[0], {kind: 'event', event: {cursor: '1', stepId, payload: {epoch: 1, total: 5}}});
  assert.deepEqual(readAll([...text]), whole);
});

test('a frame that is not JSON is skipped', () => {
  const frames = readAll(['event: progress\ndata: {oops\n\n', formatFrame(1, {epoch: 1})]);
  assert.deepEqual(frames, [{kind: 'event', event: {cursor: '1', stepId, payload: {epoch: 1}}}]);
});

const createStreamClient = (serverUrl: string) =>
  createClient({
    serverUrl,
    transport: createHttpTransport({serverUrl, now: () => 0, requestTimeoutMs: 5000, version: '1'}),
    credentials: {getAuthorization: async () => succeed('Bearer t'), renew: async () => succeed(false)},
  });

const runId = toRunId('e93e9afc-de77-4165-9ff8-1e75e30ae942');

const readStreamEnd = async (serverUrl: string) =>
  createStreamClient(serverUrl).readEventStream?.(runId, undefined, () => {}, new AbortController().signal);

test('events arrive while the response is still open, with the token, and the stream resumes after a cursor', async () => {
  const received: (string | undefined)[] = [];
  const server = await startLocalServer((request, response) => {
    received.push(request.url, request.headers.authorization);
    response.writeHead(200, {'content-type': 'text/event-stream; charset=utf-8'});
    response.write(formatFrame(7, {epoch: 1, total: 2}));
  });
  const abort = new AbortController();
  const event = await new Promise<RunEvent>(resolve => {
    void createStreamClient(server.url).readEventStream?.(runId, '6', resolve, abort.signal);
  });
  abort.abort();
  await server.close();
  assert.deepEqual(event, {cursor: '7', stepId, payload: {epoch: 1, total: 2}});
  assert.deepEqual(received, [`/api/v1/runs/${runId}/events/stream?kinds=progress&since=6`, 'Bearer t']);
});

test('the end of the run ends the stream', async () => {
  const server = await startLocalServer((_, response) => {
    response.writeHead(200, {'content-type': 'text/event-stream'});
    response.end('event: end\ndata: {}\n\n');
  });
  const end = await readStreamEnd(server.url);
  await server.close();
  assert.deepEqual(end, {kind: 'run-ended'});
});

test('a server without a broker refuses the stream', async () => {
  const server = await startLocalServer((_, response) =>
    sendJson(response, 501, {detail: 'Streaming is not enabled on this server.'}),
  );
  const end = await readStreamEnd(server.url);
  await server.close();
  assert.ok(end?.kind === 'cut' && end.failure?.kind === 'refused' && end.failure.status === 501);
});
