import assert from 'node:assert/strict';
import {gzipSync} from 'node:zlib';
import {describe, test} from 'vitest';
import {createHttpTransport, type HttpTransportOptions} from '../../src/api/http-transport.js';
import type {TransportRequest} from '../../src/api/transport.js';
import {closeAfterEach} from '../support/closing.js';
import {sendJson, startLocalServer} from '../support/local-server.js';

const keep = closeAfterEach();
const serve = (...args: Parameters<typeof startLocalServer>) => keep(startLocalServer(...args));

const never = new AbortController().signal;
const buildRequest = (path: string, changes: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  path,
  query: [],
  authorization: undefined,
  ...changes,
});

const createTransport = (server: {readonly url: string}, changes: Partial<HttpTransportOptions> = {}) => {
  let clock = 1000;
  return createHttpTransport({
    serverUrl: server.url,
    now: () => (clock += 5),
    requestTimeoutMs: 5000,
    version: '1.2.3',
    ...changes,
  });
};

test('sends path, encoded query, token and user agent, and returns the whole response with its times', async () => {
  const server = await serve((_, response) =>
    sendJson(response, 200, {a: 'ä'}, {date: 'Tue, 24 Nov 2026 06:19:05 GMT', 'X-Request-ID': 'r1'}),
  );
  const result = await createTransport({url: `${server.url}/base/`})(
    buildRequest('runs', {
      query: [
        ['name', 'contains:a b+c&d'],
        ['updated', 'gte:2026-11-24 06:19:05'],
      ],
      authorization: 'Bearer t',
    }),
    never,
  );
  assert.ok(result.ok);
  assert.equal(result.value.status, 200);
  assert.equal(result.value.body, '{"a":"ä"}');
  assert.equal(result.value.headers['x-request-id'], 'r1');
  assert.deepEqual(result.value.timing, {
    requestedAt: 1010,
    respondedAt: 1015,
    serverDateAt: Date.UTC(2026, 10, 24, 6, 19, 5),
  });
  assert.equal(
    server.seen[0]?.url,
    '/base/api/v1/runs?name=contains%3Aa%20b%2Bc%26d&updated=gte%3A2026-11-24%2006%3A19%3A05',
  );
  assert.equal(server.seen[0]?.headers.authorization, 'Bearer t');
  assert.equal(server.seen[0]?.headers['user-agent'], 'zentop/1.2.3');
});

test('replaces half a surrogate pair in a query', async () => {
  const server = await serve((_, response) => sendJson(response, 200, null));
  const result = await createTransport(server)(buildRequest('runs', {query: [['name', 'a\uD800']]}), never);
  assert.ok(result.ok);
  assert.equal(server.seen[0]?.url, '/api/v1/runs?name=a%EF%BF%BD');
});

test('sends forms, POSTs without a body, and JSON', async () => {
  const server = await serve((_, response) => sendJson(response, 200, null));
  const transport = createTransport(server);
  await transport(buildRequest('login', {method: 'POST', form: {username: 'a b', password: '&='}}), never);
  await transport(buildRequest('runs/1/stop', {method: 'POST'}), never);
  await transport(buildRequest('runs/1', {method: 'PUT', json: {status: 'x'}}), never);
  assert.deepEqual(
    server.seen.map(({method, body}) => `${method} ${body}`),
    ['POST username=a+b&password=%26%3D', 'POST ', 'PUT {"status":"x"}'],
  );
});

test('consecutive requests share a socket', async () => {
  const server = await serve((_, response) => sendJson(response, 200, 1));
  const transport = createTransport(server);
  for (const path of ['a', 'b', 'c']) {
    assert.ok((await transport(buildRequest(path), never)).ok);
  }

  assert.equal(server.sockets.length, 1);
});

test('sends many concurrent requests over three sockets', async () => {
  const server = await serve((_, response) => sendJson(response, 200, 1));
  const transport = createTransport(server);
  const results = await Promise.all(
    Array.from({length: 8}, async (_, index) => transport(buildRequest(`x${index}`), never)),
  );
  assert.ok(results.every(result => result.ok));
  assert.equal(server.sockets.length, 3);
});

test('replaces a socket that the server closed during a request', async () => {
  let requestCount = 0;
  const server = await serve((_, response, socket) => {
    requestCount += 1;
    if (requestCount === 2) {
      socket.resetAndDestroy();
      return;
    }

    sendJson(response, 200, requestCount);
  });
  const transport = createTransport(server);
  assert.ok((await transport(buildRequest('a'), never)).ok);
  const second = await transport(buildRequest('b'), never);
  assert.ok(second.ok);
  assert.deepEqual(
    server.seen.map(({url}) => url),
    ['/api/v1/a', '/api/v1/b', '/api/v1/b'],
  );
  assert.equal(server.sockets.length, 2);
});

/** Responds to the first request, so that its socket is kept alive, and cuts off all others. */
const serveOnce = () => {
  let isFirst = true;
  return serve((_, response, socket) => {
    if (isFirst) {
      isFirst = false;
      sendJson(response, 200, 1);
    } else {
      socket.resetAndDestroy();
    }
  });
};

test('a GET is repeated only once, and a POST not at all', async () => {
  for (const [method, count] of [
    ['GET', 3],
    ['POST', 2],
  ] as const) {
    const server = await serveOnce();
    const transport = createTransport(server);
    assert.ok((await transport(buildRequest('a'), never)).ok);
    const failure = {kind: 'unreachable', host: `127.0.0.1:${server.port}`, reason: 'connection reset'};
    assert.deepEqual(await transport(buildRequest('a', {method}), never), {ok: false, failure});
    assert.equal(server.seen.length, count);
  }
});

test('does not repeat a request that was cut off on a new socket', async () => {
  const server = await serve((_, __, socket) => socket.resetAndDestroy());
  const transport = createTransport(server);
  for (const count of [1, 2, 3]) {
    assert.equal((await transport(buildRequest('a'), never)).ok, false);
    assert.equal(server.seen.length, count);
  }
});

test('does not read a body whose announced length is over the limit', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, {'content-type': 'application/json', 'content-length': '1000000'});
    response.write('[');
  });
  const result = await createTransport(server, {limitBytes: 1000})(buildRequest('a'), never);
  assert.deepEqual(result, {ok: false, failure: {kind: 'too-large', limitBytes: 1000}});
});

test('times out if the server accepts the connection and stays silent', async () => {
  const server = await serve(() => undefined);
  const result = await createTransport(server, {requestTimeoutMs: 60})(buildRequest('a'), never);
  assert.equal(!result.ok && result.failure.kind, 'timed-out');
});

test.each([600_000_000, 10_000_000_000_000])('a timeout of %i ms is not reached at once', async requestTimeoutMs => {
  const server = await serve((_, response) => {
    setTimeout(() => sendJson(response, 200, {ok: true}), 50);
  });
  const result = await createTransport(server, {requestTimeoutMs})(buildRequest('a'), never);
  assert.ok(result.ok, JSON.stringify(result));
});

test('times out if a body stops halfway', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, {'content-type': 'application/json', 'content-length': '100'});
    response.write('[1,');
  });
  const result = await createTransport(server, {requestTimeoutMs: 60})(buildRequest('a'), never);
  assert.equal(!result.ok && result.failure.kind, 'timed-out');
});

test('a body that is cut off is a failure', async () => {
  const server = await serve((_, response, socket) => {
    response.writeHead(200, {'content-type': 'application/json', 'content-length': '100'});
    response.write('[1,', () => socket.resetAndDestroy());
  });
  const result = await createTransport(server)(buildRequest('a'), never);
  assert.equal(!result.ok && result.failure.kind, 'unreachable');
});

test('a port on which nothing listens is unreachable', async () => {
  const server = await startLocalServer(() => undefined);
  await server.close();
  assert.deepEqual(await createTransport(server)(buildRequest('a'), never), {
    ok: false,
    failure: {kind: 'unreachable', host: `127.0.0.1:${server.port}`, reason: 'connection refused'},
  });
});

test('a host name that does not exist is unreachable', async () => {
  const result = await createTransport({url: 'http://no-such-host.invalid'})(buildRequest('a'), never);
  assert.equal(!result.ok && result.failure.kind, 'unreachable');
});

test('says that the port of an https URL does not use TLS', async () => {
  const server = await serve((_, response) => sendJson(response, 200, 1));
  const result = await createTransport({url: server.url.replace('http:', 'https:')})(buildRequest('a'), never);
  assert.equal(
    !result.ok && result.failure.kind === 'unreachable' && result.failure.reason,
    'the port does not use TLS',
  );
});

test('stops reading an endless body at the limit', async () => {
  let sentBytes = 0;
  const server = await serve((_, response) => {
    response.writeHead(200, {'content-type': 'application/json'});
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const pour = (): void => {
      if (response.destroyed || sentBytes > 200 * 1024 * 1024) {
        response.end();
        return;
      }

      sentBytes += chunk.length;
      response.write(chunk, pour);
    };
    pour();
  });
  const limitBytes = 2 * 1024 * 1024;
  const result = await createTransport(server, {limitBytes})(buildRequest('a'), never);
  assert.deepEqual(result, {ok: false, failure: {kind: 'too-large', limitBytes}});
  assert.ok(sentBytes < 100 * 1024 * 1024, `${sentBytes} bytes were sent`);
});

test('the limit applies to the decompressed body', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'});
    response.end(gzipSync(Buffer.alloc(4 * 1024 * 1024, ' ')));
  });
  const result = await createTransport(server, {limitBytes: 1024 * 1024})(buildRequest('a'), never);
  assert.equal(!result.ok && result.failure.kind, 'too-large');
});

test('follows a redirect within the host, with the token', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/api/v1/a') {
      response.writeHead(301, {location: '/elsewhere/api/v1/a'}).end();
      return;
    }

    sendJson(response, 200, 'there');
  });
  const result = await createTransport(server)(buildRequest('a', {authorization: 'Bearer t'}), never);
  assert.equal(result.ok && result.value.body, '"there"');
  assert.equal(server.seen[1]?.headers.authorization, 'Bearer t');
});

test('does not follow a redirect to another host, which would get the token', async () => {
  const other = await serve((_, response) => sendJson(response, 200, 'trap'));
  const server = await serve((_, response) => {
    response.writeHead(302, {location: `http://localhost:${other.port}/api/v1/a`}).end();
  });
  const result = await createTransport(server)(buildRequest('a', {authorization: 'Bearer t'}), never);
  assert.equal(result.ok && result.value.status, 302);
  assert.deepEqual(other.seen, []);
});

test('does not follow a redirect that would turn a POST with a password into a GET', async () => {
  const server = await serve((_, response) => {
    response.writeHead(302, {location: '/login-page'}).end();
  });
  const result = await createTransport(server)(buildRequest('login', {method: 'POST', form: {password: 'p'}}), never);
  assert.equal(result.ok && result.value.status, 302);
  assert.equal(server.seen.length, 1);
});

test('gives up on a redirect loop', async () => {
  const server = await serve((_, response) => {
    response.writeHead(302, {location: '/api/v1/a'}).end();
  });
  assert.deepEqual(await createTransport(server)(buildRequest('a'), never), {
    ok: false,
    failure: {kind: 'unreachable', host: `127.0.0.1:${server.port}`, reason: 'redirect loop', requestCount: 4},
  });
});

test('a response that switches to another protocol fails at once', async () => {
  const server = await serve((_, __, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  });
  const result = await createTransport(server)(buildRequest('info'), never);
  assert.equal(
    !result.ok && result.failure.kind === 'unreachable' && result.failure.reason,
    'the server switched to another protocol',
  );
});

test('an aborted request fails at once and closes its connection', async () => {
  const controller = new AbortController();
  const server = await serve((_, __, socket) => {
    socket.on('close', () => finish());
    controller.abort();
  });
  let finish = (): void => undefined;
  const socketClosed = new Promise<void>(resolve => {
    finish = resolve;
  });
  const result = await createTransport(server)(buildRequest('a'), controller.signal);
  assert.equal(!result.ok && result.failure.kind === 'unreachable' && result.failure.reason, 'the request was aborted');
  await socketClosed;
  assert.equal(server.seen.length, 1);
});

test('a request that was aborted beforehand is not sent', async () => {
  const server = await serve((_, response) => sendJson(response, 200, 1));
  const result = await createTransport(server)(buildRequest('a'), AbortSignal.abort());
  assert.ok(!result.ok);
  assert.equal(server.seen.length, 0);
});

test('a request whose time limit has passed times out', async () => {
  const server = await serve(() => {});
  const result = await createTransport(server)(buildRequest('a'), AbortSignal.timeout(1));
  assert.equal(!result.ok && result.failure.kind, 'timed-out');
});

describe('reports once that no request is waiting to be sent', () => {
  const createCounting = (server: {readonly url: string}) => {
    let count = 0;
    const transport = createTransport(server, {onAllSent: () => (count += 1)});
    return {transport, getCount: () => count};
  };

  test('if several are sent at the same time', async () => {
    const server = await serve((_, response) => sendJson(response, 200, 1));
    const {transport, getCount} = createCounting(server);
    await Promise.all(['a', 'b', 'c'].map(path => transport(buildRequest(path), never)));
    assert.equal(getCount(), 1);
  });

  test('if one of several was aborted beforehand', async () => {
    const server = await serve((_, response) => sendJson(response, 200, 1));
    const {transport, getCount} = createCounting(server);
    await Promise.all([transport(buildRequest('a'), AbortSignal.abort()), transport(buildRequest('b'), never)]);
    assert.equal(getCount(), 1);
  });

  test('for a request that cannot be sent', async () => {
    const server = await startLocalServer(() => undefined);
    await server.close();
    const {transport, getCount} = createCounting(server);
    await transport(buildRequest('a'), never);
    await transport(buildRequest('b'), never);
    assert.equal(getCount(), 2);
  });

  test('for a request that is redirected', async () => {
    const server = await serve((request, response) => {
      const isMoved = request.url === '/api/v1/a';
      isMoved ? response.writeHead(307, {location: '/api/v1/b'}).end() : sendJson(response, 200, 1);
    });
    const {transport, getCount} = createCounting(server);
    await transport(buildRequest('a'), never);
    await transport(buildRequest('b'), never);
    assert.equal(getCount(), 2);
  });

  test('for a request that is repeated on a new socket', async () => {
    const {transport, getCount} = createCounting(await serveOnce());
    await transport(buildRequest('a'), never);
    await transport(buildRequest('b'), never);
    await transport(buildRequest('c'), never);
    assert.equal(getCount(), 3);
  });
});
