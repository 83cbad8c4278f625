import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {prefetchGraph} from '../../../src/cli/opening/prefetch.js';
import type {Connection} from '../../../src/connection/open-connection.js';
import type {Failure} from '../../../src/domain/failure.js';
import {toRunId} from '../../../src/domain/ids.js';
import {aDag, aRun, aServerInfo} from '../../support/builders.js';
import {createHandClock} from '../../support/hand-clock.js';
import {createScriptedClient} from '../../support/scripted-client.js';

const {id} = aRun();
const failure: Failure = {kind: 'timed-out', afterMs: 1000};
const {signal} = new AbortController();

/** A connection whose client prefetches the graph of a run; its requests stay open until the test responds. */
const prefetch = (serverInfo: Connection['serverInfo'] = Promise.resolve({ok: false, failure})) => {
  const scripted = createScriptedClient(createHandClock(), () => () => undefined);
  // `prefetchGraph` uses only these two parts of a connection.
  const {client} = prefetchGraph({client: scripted.client, serverInfo} as unknown as Connection, id);
  return {client, getRequests: scripted.getRequests};
};

describe('the prefetched graph', () => {
  test('is requested at once, and returned the first time that the graph of the run is fetched', async () => {
    const {client, getRequests} = prefetch();
    const [request] = getRequests('fetchDag');
    const other = client.fetchDag(toRunId('22222222-2222-4222-8222-222222222222'), signal);
    const first = client.fetchDag(id, signal);
    assert.equal(getRequests('fetchDag').length, 2);
    void client.fetchDag(id, signal);
    assert.equal(getRequests('fetchDag').length, 3);
    request?.respond(aDag());
    getRequests('fetchDag')[1]?.fail(failure);
    const [graph, otherGraph] = await Promise.all([first, other]);
    assert.deepEqual(graph.ok && graph.value, aDag());
    assert.deepEqual(otherGraph, {ok: false, failure});
  });

  test('is no longer requested once the caller that is waiting for it has aborted', async () => {
    const {client, getRequests} = prefetch();
    const abort = new AbortController();
    const fetching = client.fetchDag(id, abort.signal);
    assert.ok(getRequests('fetchDag')[0]?.isOpen());
    abort.abort();
    assert.ok(getRequests('fetchDag')[0]?.isAborted());
    assert.equal((await fetching).ok, false);
  });

  test('is no longer requested if it is fetched with a signal that has already aborted', async () => {
    const {client, getRequests} = prefetch();
    const fetching = client.fetchDag(id, AbortSignal.abort());
    assert.ok(getRequests('fetchDag')[0]?.isAborted());
    assert.equal((await fetching).ok, false);
  });
});

test('the server info of the connection is returned the first time, unless it could not be fetched', async () => {
  const timing = {requestedAt: 0, respondedAt: 1, serverDateAt: undefined};
  const known = prefetch(Promise.resolve({ok: true, value: aServerInfo(), timing}));
  assert.deepEqual(await known.client.fetchServerInfo(signal), {ok: true, value: aServerInfo(), timing});
  assert.equal(known.getRequests('fetchServerInfo').length, 0);

  const unknown = prefetch();
  const fetching = unknown.client.fetchServerInfo(signal);
  await Promise.resolve();
  unknown.getRequests('fetchServerInfo')[0]?.fail({kind: 'timed-out', afterMs: 2000});
  assert.deepEqual(await fetching, {ok: false, failure: {kind: 'timed-out', afterMs: 2000}});
});
