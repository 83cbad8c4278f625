import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {signIn} from '../../src/api/login.js';
import type {Transport, TransportRequest} from '../../src/api/transport.js';
import {fail, succeed} from '../../src/domain/result.js';
import type {Exchange} from '../../src/recording/exchange.js';
import {startRecorder} from '../../src/recording/recorder.js';
import {createRecordingTransport} from '../../src/recording/recording-transport.js';
import {at} from '../support/builders.js';
import {handClock} from '../support/hand-clock.js';
import {memoryFile} from './support/memory-file.js';

const timing = {askedAt: at(1), answeredAt: at(2), serverDateAt: at(1)};
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJrZWQifQ.bWFya2Vk';

const aRequest = (changes: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  path: 'runs',
  query: [],
  authorization: `Bearer ${jwt}`,
  ...changes,
});

const answering =
  (body: unknown, headers: Readonly<Record<string, string>> = {}): Transport =>
  async () =>
    succeed({
      status: 200,
      headers: {'content-type': 'application/json', ...headers},
      body: JSON.stringify(body),
      timing,
    });

const {signal} = new AbortController();

describe('a transport that records', () => {
  test('answers as the one below, and tells what it was asked', async () => {
    const kept: Exchange<string>[] = [];
    const below = answering({a: 1});
    const recording = createRecordingTransport(
      below,
      () => at(0),
      exchange => kept.push(exchange),
    );
    const request = aRequest({query: [['size', '1']]});
    assert.deepEqual(await recording(request, signal), await below(request, signal));
    assert.deepEqual(kept[0]?.request, {method: 'GET', path: 'runs', query: [['size', '1']]});
    assert.equal(kept[0]?.askedAt, at(1));
  });

  test('tells why nothing came, but nothing of what was given up', async () => {
    const kept: Exchange<string>[] = [];
    const failure = {kind: 'unreachable', host: 'zenml.example.org', reason: 'connection refused'} as const;
    const recording = createRecordingTransport(
      async () => fail(failure),
      () => at(3),
      exchange => kept.push(exchange),
    );
    await recording(aRequest(), signal);
    await recording(aRequest(), AbortSignal.abort());
    assert.deepEqual(
      kept.map(({outcome}) => outcome),
      [{kind: 'failure', failure}],
    );
  });

  test('lets no secret into the file, wherever one stands', async () => {
    const clock = handClock();
    const file = memoryFile();
    const recorder = startRecorder({
      ...{file, now: clock.now, after: clock.after, limitBytes: 1_000_000},
      zentopVersion: '1.2.3',
      serverUrl: 'https://ada:marked@zenml.example.org/base',
      onStop: () => {},
    });
    const over = (below: Transport): Transport => createRecordingTransport(below, clock.now, recorder.keep);
    const ask = (body: unknown, changes: Partial<TransportRequest> = {}, headers = {}) =>
      over(answering(body, headers))(aRequest(changes), signal);

    await signIn(over(answering({access_token: 'marked'})), {kind: 'api-key', key: 'ZENKEY_marked'}, signal);
    await ask('marked', {path: 'api_token'});
    await ask({device_code: 'marked'}, {method: 'POST', path: 'device_authorization'});
    await ask({id: '1', metadata: {config: {environment: {HF_TOKEN: 'marked'}, secrets: ['marked']}}});
    await ask({items: [{id: '1', settings: {password: 'marked'}}, {uri: 'https://u:marked@host/x'}]});
    await ask([{message: `got ${jwt}`}, {message: 'API_KEY=marked'}, {message: 'ZENPROKEY_marked'}]);
    await ask({secrets: ['marked'], tokens: [{value: 'marked'}]});
    await ask(
      {ok: true},
      {
        query: [
          ['token', 'marked'],
          ['q', `${jwt}`],
        ],
      },
      {location: 'https://a:marked@b/', 'set-cookie': 'marked'},
    );
    await ask({ok: true}, {method: 'PUT', path: 'run_wait_conditions/1/resolve', json: {result: 'marked'}});
    const failure = {kind: 'unreachable', host: 'h', reason: 'http://proxy:marked@proxy:3128 refused'} as const;
    await over(async () => fail(failure))(aRequest(), signal);
    await recorder.close();

    assert.equal(file.lines().filter(line => line.includes('"asks"')).length, 7);
    assert.doesNotMatch(file.text(), /marked|eyJ|bWFya2Vk/);
    assert.match(file.lines()[0]!, /"server":"https:\/\/zenml\.example\.org\/base"/);
  });
});
