import assert from 'node:assert/strict';
import type {LookupFunction} from 'node:net';
import {describe, test, vi} from 'vitest';
import {createHostLookup, lookUpInChildProcess} from '../../../src/cli/opening/look-up-host.js';

type Query = Parameters<typeof createHostLookup>[0]['query'];

const failWith =
  (code: string): Query =>
  (_, callback) =>
    callback(Object.assign(new Error(code), {code}));
const respond: Query = (_, callback) => callback(null);

const lookUpAs =
  (address: string): LookupFunction =>
  (_, __, callback) =>
    callback(null, address, 4);

const lookUp = (host: string, query: Query): Promise<unknown> =>
  new Promise(resolve => {
    const lookup = createHostLookup({
      query,
      lookUp: lookUpAs('in this process'),
      lookUpInChildProcess: lookUpAs('in a child'),
    });
    lookup(host, {}, (_, address) => resolve(address));
  });

describe('looking up a host', () => {
  test.each([
    ['responds with an address', respond],
    ['knows no such host', failWith('ENOTFOUND')],
    ['responds with an error', failWith('ESERVFAIL')],
    ['refuses the connection', failWith('ECONNREFUSED')],
  ])('is done by the system if a name server %s', async (_, query) => {
    assert.equal(await lookUp('zenml.example.com', query), 'in this process');
  });

  test('is done in a process that can be killed if no name server responds', async () => {
    assert.equal(await lookUp('zenml.example.com', failWith('ETIMEOUT')), 'in a child');
    vi.useFakeTimers();
    try {
      const address = lookUp('zenml.example.com', () => {});
      vi.advanceTimersByTime(2000);
      assert.equal(await address, 'in a child');
    } finally {
      vi.useRealTimers();
    }
  });

  test('queries no name server for a local name', async () => {
    assert.equal(await lookUp('localhost', failWith('ETIMEOUT')), 'in this process');
    assert.equal(await lookUp('zenml.local', failWith('ETIMEOUT')), 'in this process');
  });

  test('in a child process finds the addresses of localhost', async () => {
    const addresses = await new Promise<unknown>((resolve, reject) => {
      lookUpInChildProcess('localhost', {all: true}, (error, found) =>
        error === null ? resolve(found) : reject(error),
      );
    });
    assert.ok(Array.isArray(addresses));
    assert.ok(addresses.some(({address}) => address === '127.0.0.1' || address === '::1'));
  });
});
