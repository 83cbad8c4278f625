import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {signIn} from '../../src/api/sign-in.js';
import type {Transport, TransportRequest} from '../../src/api/transport.js';
import {fail, succeed} from '../../src/domain/result.js';
import type {Exchange} from '../../src/recording/exchange.js';
import {startRecorder} from '../../src/recording/recorder.js';
import {createRecordingTransport} from '../../src/recording/recording-transport.js';
import {at} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {createMemoryFile} from './support/memory-file.js';

const timing = {requestedAt: at(1), respondedAt: at(2), serverDateAt: at(1)};
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJrZWQifQ.bWFya2Vk';

const buildRequest = (changes: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  path: 'runs',
  query: [],
  authorization: `Bearer ${jwt}`,
  ...changes,
});

/** A transport that always returns the same response. */
const createFixedTransport =
  (body: unknown, headers: Readonly<Record<string, string>> = {}): Transport =>
  async () =>
    succeed({
      status: 200,
      headers: {'content-type': 'application/json', ...headers},
      body: JSON.stringify(body),
      timing,
    });

const {signal} = new AbortController();

describe('a recording transport', () => {
  test('returns the response of the wrapped transport, and records the exchange', async () => {
    const exchanges: Exchange<string>[] = [];
    const wrapped = createFixedTransport({a: 1});
    const recording = createRecordingTransport(
      wrapped,
      () => at(0),
      exchange => exchanges.push(exchange),
    );
    const request = buildRequest({query: [['size', '1']]});
    assert.deepEqual(await recording(request, signal), await wrapped(request, signal));
    assert.deepEqual(exchanges[0]?.request, {method: 'GET', path: 'runs', query: [['size', '1']]});
    assert.equal(exchanges[0]?.requestedAt, at(1));
  });

  test('records failures, but not aborted requests', async () => {
    const exchanges: Exchange<string>[] = [];
    const failure = {kind: 'unreachable', host: 'zenml.example.org', reason: 'connection refused'} as const;
    const recording = createRecordingTransport(
      async () => fail(failure),
      () => at(3),
      exchange => exchanges.push(exchange),
    );
    await recording(buildRequest(), signal);
    await recording(buildRequest(), AbortSignal.abort());
    assert.deepEqual(
      exchanges.map(({outcome}) => outcome),
      [{kind: 'failure', failure}],
    );
  });

  test('writes no secrets to the file', async () => {
    const clock = createHandClock();
    const file = createMemoryFile();
    const recorder = startRecorder({
      ...{file, now: clock.now, after: clock.after, limitBytes: 1_000_000},
      zentopVersion: '1.2.3',
      serverUrl: 'https://ada:marked@zenml.example.org/base',
      onStop: () => {},
    });
    const createRecordingOver = (transport: Transport): Transport =>
      createRecordingTransport(transport, clock.now, recorder.addExchange);
    const send = (body: unknown, changes: Partial<TransportRequest> = {}, headers = {}) =>
      createRecordingOver(createFixedTransport(body, headers))(buildRequest(changes), signal);

    await signIn(
      createRecordingOver(createFixedTransport({access_token: 'marked'})),
      {kind: 'api-key', key: 'ZENKEY_marked'},
      signal,
    );
    await send('marked', {path: 'api_token'});
    await send({device_code: 'marked'}, {method: 'POST', path: 'device_authorization'});
    await send({id: '1', metadata: {config: {environment: {HF_TOKEN: 'marked'}, secrets: ['marked']}}});
    await send({items: [{id: '1', settings: {password: 'marked'}}, {uri: 'https://u:marked@host/x'}]});
    await send([{message: `got ${jwt}`}, {message: 'API_KEY=marked'}, {message: 'ZENPROKEY_marked'}]);
    await send({secrets: ['marked'], tokens: [{value: 'marked'}]});
    await send(
      {ok: true},
      {
        query: [
          ['token', 'marked'],
          ['q', `${jwt}`],
        ],
      },
      {location: 'https://a:marked@b/', 'set-cookie': 'marked'},
    );
    await send({ok: true}, {method: 'PUT', path: 'run_wait_conditions/1/resolve', json: {result: 'marked'}});
    const failure = {kind: 'unreachable', host: 'h', reason: 'http://proxy:marked@proxy:3128 refused'} as const;
    await createRecordingOver(async () => fail(failure))(buildRequest(), signal);
    await recorder.close();

    assert.equal(file.lines().filter(line => line.includes('"asks"')).length, 7);
    assert.doesNotMatch(file.text(), /marked|eyJ|bWFya2Vk/);
    assert.match(file.lines()[0]!, /"server":"https:\/\/zenml\.example\.org\/base"/);
  });
});
