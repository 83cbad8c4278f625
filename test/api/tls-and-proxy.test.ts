import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {networkInterfaces} from 'node:os';
import {test} from 'vitest';
import {createHttpTransport, type HttpTransportOptions} from '../../src/api/http-transport.js';
import {closeAfterEach} from '../support/closing.js';
import {sendJson, startLocalProxy, startLocalServer} from '../support/local-server.js';
import {never} from './recorded.js';

const cert = readFileSync('test/fixtures/tls/cert.pem', 'utf8');
const key = readFileSync('test/fixtures/tls/key.pem', 'utf8');

const hasIpv6 = Object.values(networkInterfaces()).some(each => each?.some(({address}) => address === '::1'));

const keep = closeAfterEach();

const send = async (serverUrl: string, changes: Partial<HttpTransportOptions>) =>
  createHttpTransport({serverUrl, now: () => 0, requestTimeoutMs: 5000, version: '0', ...changes})(
    {method: 'GET', path: 'info', query: [], authorization: 'Bearer t'},
    never,
  );

const startPlainServer = async () => keep(startLocalServer((_, response) => sendJson(response, 200, 'plain')));
const startSecureServer = async () =>
  keep(startLocalServer((_, response) => sendJson(response, 200, 'secure'), {cert, key}));
const useProxy = (url: string) => ({httpProxy: url, httpsProxy: url, noProxy: undefined});

test('does not trust a self-signed certificate, and sends it no token', async () => {
  const server = await startSecureServer();
  assert.deepEqual(await send(server.url, {}), {
    ok: false,
    failure: {kind: 'untrusted', host: `127.0.0.1:${server.port}`, reason: 'self-signed certificate'},
  });
  assert.equal(server.seen.length, 0);
});

test('trusts a private CA', async () => {
  const server = await startSecureServer();
  const result = await send(server.url, {tls: {ca: cert, isVerified: true}});
  assert.equal(result.ok && result.value.body, '"secure"');
});

test('does not trust a certificate for another host', async () => {
  const server = await startSecureServer();
  const proxy = await keep(startLocalProxy());
  const result = await send(`https://zenml.example:${server.port}`, {
    tls: {ca: cert, isVerified: true},
    proxy: useProxy(proxy.url),
  });
  assert.deepEqual(!result.ok && result.failure, {
    kind: 'untrusted',
    host: `zenml.example:${server.port}`,
    reason: 'certificate is for another host (localhost, 127.0.0.1)',
  });
});

test('verifies nothing if verification is off', async () => {
  const server = await startSecureServer();
  const result = await send(server.url, {tls: {isVerified: false}});
  assert.equal(result.ok && result.value.body, '"secure"');
});

test('tunnels https through a proxy, with the user name and password of its URL', async () => {
  const secure = await startSecureServer();
  const proxy = await keep(startLocalProxy());
  const proxyWithLogin = useProxy(proxy.url.replace('//', '//me:p%40ss@'));
  const result = await send(`https://zenml.example:${secure.port}`, {proxy: proxyWithLogin, tls: {isVerified: false}});
  assert.equal(result.ok && result.value.body, '"secure"');
  const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  assert.deepEqual(proxy.tunnels, [{target: `zenml.example:${secure.port}`, authorization}]);
  assert.deepEqual(proxy.forwarded, []);
});

test.skipIf(!hasIpv6)('tunnels through a proxy with an IPv6 address (needs IPv6)', async () => {
  const secure = await startSecureServer();
  const proxy = await keep(startLocalProxy({host: '::1'}));
  const result = await send(`https://zenml.example:${secure.port}`, {
    proxy: useProxy(proxy.url),
    tls: {isVerified: false},
  });
  assert.equal(result.ok && result.value.body, '"secure"', proxy.url);
});

test('requests a tunnel to a server with an IPv6 address in brackets', async () => {
  const secure = await startSecureServer();
  const proxy = await keep(startLocalProxy());
  const result = await send(`https://[fd00::1]:${secure.port}`, {
    proxy: useProxy(proxy.url),
    tls: {isVerified: false},
  });
  assert.equal(result.ok && result.value.body, '"secure"');
  assert.deepEqual(
    proxy.tunnels.map(({target}) => target),
    [`[fd00::1]:${secure.port}`],
  );
});

test('sends plain http to a proxy with the whole URL, without CONNECT, and its login only to the proxy', async () => {
  const plain = await startPlainServer();
  const proxy = await keep(startLocalProxy({tunnelPort: 443}));
  const proxyWithLogin = useProxy(proxy.url.replace('//', '//me:p%40ss@'));
  const result = await send(`http://zenml.example:${plain.port}`, {proxy: proxyWithLogin});
  assert.equal(result.ok && result.value.body, '"plain"');
  const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  assert.deepEqual(proxy.forwarded, [{target: `http://zenml.example:${plain.port}/api/v1/info`, authorization}]);
  assert.deepEqual(proxy.tunnels, []);
  const [seen] = plain.seen;
  assert.equal(seen?.headers.host, `zenml.example:${plain.port}`);
  assert.equal(seen?.headers.authorization, 'Bearer t');
});

test.each(['http', 'https'])(
  'reaches a server over %s through a proxy that itself uses TLS, and verifies certificates',
  async scheme => {
    const [plain, secure] = await Promise.all([startPlainServer(), startSecureServer()]);
    const proxy = await keep(startLocalProxy({certificate: {cert, key}}));
    const port = scheme === 'http' ? plain.port : secure.port;
    const result = await send(`${scheme}://localhost.example:${port}`, {
      proxy: useProxy(proxy.url),
      tls: {ca: cert, isVerified: false},
    });
    assert.equal(result.ok && result.value.body, scheme === 'http' ? '"plain"' : '"secure"');
    const untrusted = await send(`${scheme}://localhost.example:${port}`, {proxy: useProxy(proxy.url)});
    assert.ok(!untrusted.ok && untrusted.failure.kind === 'untrusted');
    assert.equal(untrusted.failure.host, `the proxy ${new URL(proxy.url).host}`);
  },
);

test('shares a connection between requests through a proxy', async () => {
  const server = await startPlainServer();
  const proxy = await keep(startLocalProxy());
  const transport = createHttpTransport({
    serverUrl: `http://zenml.example:${server.port}`,
    now: () => 0,
    requestTimeoutMs: 5000,
    version: '0',
    proxy: useProxy(proxy.url),
  });
  for (const path of ['a', 'b', 'c']) {
    assert.ok((await transport({method: 'GET', path, query: [], authorization: undefined}, never)).ok);
  }

  assert.equal(proxy.sockets.length, 1);
});

test.each(['http', 'https'])('reports a proxy that refuses %s', async scheme => {
  const proxy = await keep(startLocalProxy({status: 407}));
  const result = await send(`${scheme}://zenml.example`, {proxy: useProxy(proxy.url)});
  assert.deepEqual(!result.ok && result.failure, {
    kind: 'proxy-refused',
    proxy: new URL(proxy.url).host,
    status: 407,
    isLoginSent: false,
  });
});

test('connects directly to hosts in NO_PROXY', async () => {
  const proxy = await keep(startLocalProxy());
  const result = await send('http://zenml.invalid', {proxy: {...useProxy(proxy.url), noProxy: '.invalid'}});
  assert.equal(!result.ok && result.failure.kind, 'unreachable');
  assert.equal(proxy.sockets.length, 0);
});

test('does not trust a server if the given CA is not a certificate', async () => {
  const server = await startSecureServer();
  const result = await send(server.url, {tls: {ca: 'not PEM', isVerified: true}});
  assert.equal(!result.ok && result.failure.kind, 'untrusted');
});

test('names the proxy if it cannot be reached', async () => {
  const proxy = await startLocalProxy();
  await proxy.close();
  const result = await send('http://zenml.example', {proxy: useProxy(proxy.url)});
  assert.equal(
    !result.ok && result.failure.kind === 'unreachable' && result.failure.reason,
    `proxy ${new URL(proxy.url).host}: connection refused`,
  );
});

test('names the proxy if looking up its host name takes too long', async () => {
  const result = await send('http://zenml.example', {
    proxy: useProxy('http://proxy.example:3128'),
    requestTimeoutMs: 60,
    lookUpHost: () => undefined,
  });
  assert.deepEqual(!result.ok && result.failure, {
    kind: 'unreachable',
    host: 'zenml.example',
    reason: 'proxy proxy.example:3128: no response',
    proxy: 'proxy.example:3128',
  });
});

test('does not name the proxy if the server behind it does not respond in time', async () => {
  const server = await keep(startLocalServer(() => undefined));
  const proxy = await keep(startLocalProxy());
  const result = await send(`http://zenml.example:${server.port}`, {proxy: useProxy(proxy.url), requestTimeoutMs: 60});
  assert.equal(!result.ok && result.failure.kind, 'timed-out');
});
