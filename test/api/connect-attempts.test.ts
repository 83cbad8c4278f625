import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import dns from 'node:dns';
import {once} from 'node:events';
import {connect, createServer, Socket} from 'node:net';
import {afterEach, describe, test, vi} from 'vitest';
import {createAgents} from '../../src/api/agents.js';
import {createHttpTransport} from '../../src/api/http-transport.js';
import type {TransportRequest} from '../../src/api/transport.js';
import {getTransportFailure} from '../../src/api/transport-failure.js';

const request: TransportRequest = {method: 'GET', path: 'info', query: [], authorization: undefined};
const never = new AbortController().signal;

/** A server whose connection queue stays full until it wakes. Connecting takes a second, because the system retries only then. */
const script = `
const server = require('node:http').createServer((_, response) => response.end('{}'));
server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => {
  process.stdout.write(String(server.address().port));
  process.stdin.once('data', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600));
});`;

const cleanUps: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const cleanUp of cleanUps.splice(0)) {
    cleanUp();
  }
});

const startSlowServer = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', script], {stdio: ['pipe', 'pipe', 'inherit']});
  cleanUps.push(() => child.kill('SIGKILL'));
  const [port] = await once(child.stdout, 'data');
  child.stdin.write('sleep');
  return Number(port);
};

/** Fills the queue of the server. */
const openConnections = async (port: number): Promise<void> => {
  // The server sleeps once it has read from its standard input.
  await new Promise(resolve => setTimeout(resolve, 100));
  const sockets: Socket[] = [1, 2, 3].map(() => connect({port, host: '127.0.0.1'}).on('error', () => {}));
  cleanUps.push(...sockets.map(socket => () => void socket.destroy()));
  await Promise.race(sockets.map(socket => once(socket, 'connect')));
};

describe.skipIf(process.platform !== 'linux')('a host with several addresses', () => {
  test('is reached over a slow link although nothing listens at its other address', async () => {
    const port = await startSlowServer();
    vi.spyOn(dns, 'lookup').mockImplementation(((_: string, __: object, callback: (...args: unknown[]) => void) => {
      callback(null, [
        {address: '127.0.0.1', family: 4},
        {address: '::1', family: 6},
      ]);
    }) as typeof dns.lookup);
    await openConnections(port);
    const transport = createHttpTransport({
      serverUrl: `http://slow.test:${port}`,
      now: Date.now,
      requestTimeoutMs: 30_000,
      version: 'test',
    });
    const result = await transport(request, never);
    assert.ok(result.ok, JSON.stringify(result));
  });
});

test('the time limit of idle sockets does not limit connecting', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const {http} = await createAgents(undefined, {isVerified: true});
  const socket = http.createConnection({host: '127.0.0.1', port, timeout: 4000});
  assert.ok(socket instanceof Socket);
  assert.equal(socket.timeout ?? 0, 0);
  socket.destroy();
  server.close();
});

test('names too many open files as the reason', () => {
  const failure = getTransportFailure('zenml', undefined, {code: 'EMFILE', message: 'EMFILE', isTimeout: false}, 0);
  assert.deepEqual(failure, {
    kind: 'unreachable',
    host: 'zenml',
    reason: 'too many open files in this process (see `ulimit -n`)',
  });
});

describe('the time in a message', () => {
  const timeout = {code: 'ETIMEDOUT', message: 'connect ETIMEDOUT', isTimeout: true};
  test.each([
    [10_020, 10_000],
    [1720, 2000],
    [430, 400],
  ])('is the time that has passed, rounded: %d ms', (elapsedMs, afterMs) => {
    assert.deepEqual(getTransportFailure('zenml', undefined, timeout, elapsedMs), {kind: 'timed-out', afterMs});
  });
});
