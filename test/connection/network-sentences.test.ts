import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {describe, test} from 'vitest';
import {explainFailure} from '../../src/connection/explain-failure.js';
import {openConnection} from '../../src/connection/open-connection.js';
import type {World} from '../../src/connection/world.js';
import {closeAfterEach} from '../support/closing.js';
import {type LocalServer, sendJson, startLocalProxy, startLocalServer} from '../support/local-server.js';
import {createTransport, never, startRecordedServer} from './support/server.js';
import {aWorld, credentialsPath, noFlags} from './support/world.js';

const keep = closeAfterEach();

type WorldChanges = {
  readonly env?: World['env'];
  readonly files?: Readonly<Record<string, string>>;
  readonly systemCas?: readonly string[];
};

/** The message and the hint shown if the server at this URL does not return the user's name; otherwise that name. */
const collectSentences = async (
  server: string,
  {env = {}, files = {}, systemCas}: WorldChanges = {},
): Promise<readonly string[]> => {
  const world = aWorld({env, files, ...(systemCas === undefined ? {} : {systemCas})});
  const connection = await openConnection(world, {...noFlags, server}, createTransport(world), never);
  assert.ok(connection.ok, connection.ok ? '' : connection.problem.message);
  const {client, explainContext} = connection.value;
  const user = await client.fetchCurrentUser(never);
  if (user.ok) {
    return [user.value.name];
  }

  const {message, hint} = explainFailure(user.failure, explainContext);
  return [message.replaceAll(server, 'URL'), hint.replaceAll(server, 'URL')];
};

const readPem = (name: string): string => readFileSync(`test/fixtures/tls/${name}.pem`, 'utf8');
const ca = {'/etc/ca.pem': readPem('ca')};
const trustingWorld = {files: ca, env: {ZENML_STORE_VERIFY_SSL: '/etc/ca.pem'}};

const startSecureServer = (name: string, options = {}): Promise<LocalServer> =>
  keep(
    startLocalServer(
      (_, response) => sendJson(response, 200, {id: 'u', name: 'ada', body: {active: true, is_service_account: false}}),
      {cert: readPem(name), key: readPem(`${name}-key`), ...options},
    ),
  );

describe('over TLS', () => {
  test('a certificate of a private CA is trusted if that CA is', async () => {
    const {url} = await startSecureServer('good');
    assert.deepEqual(await collectSentences(url, trustingWorld), ['ada']);
  });

  test.each<[string, WorldChanges]>([
    ['REQUESTS_CA_BUNDLE', {files: ca, env: {REQUESTS_CA_BUNDLE: '/etc/ca.pem'}}],
    ['CURL_CA_BUNDLE', {files: ca, env: {CURL_CA_BUNDLE: '/etc/ca.pem'}}],
    ['SSL_CERT_FILE', {files: ca, env: {SSL_CERT_FILE: '/etc/ca.pem'}}],
    ['SSL_CERT_DIR', {files: ca, env: {SSL_CERT_DIR: '/etc'}}],
    ['the text in verify_ssl', {env: {ZENML_STORE_VERIFY_SSL: readPem('ca')}}],
    [
      'NODE_EXTRA_CA_CERTS together with verify_ssl',
      {
        files: {...ca, '/etc/other.pem': readPem('cert')},
        env: {ZENML_STORE_VERIFY_SSL: '/etc/other.pem', NODE_EXTRA_CA_CERTS: '/etc/ca.pem'},
      },
    ],
    ["the system's store", {systemCas: [readPem('cert'), readPem('ca')]}],
  ])('a private CA is trusted by %s', async (_, surroundings) => {
    const {url} = await startSecureServer('good');
    assert.deepEqual(await collectSentences(url, surroundings), ['ada']);
  });

  test("the system's store is read only if a certificate is not trusted without it, once for all requests", async () => {
    const {url} = await startSecureServer('good');
    let readCount = 0;
    const loadSystemCas = () => {
      readCount += 1;
      return [readPem('ca')];
    };
    const world = {...aWorld(), loadSystemCas};
    const plain = await keep(startLocalServer((_, response) => sendJson(response, 200, {})));
    const transport = createTransport(world)({
      serverUrl: plain.url,
      tls: {isVerified: true, loadSystemCas},
      timeoutMs: 5000,
    });
    const request = {method: 'GET', path: 'info', query: [], authorization: undefined} as const;
    assert.ok((await transport(request, never)).ok);
    assert.equal(readCount, 0);
    const secureTransport = createTransport(world)({
      serverUrl: url,
      tls: {isVerified: true, loadSystemCas},
      timeoutMs: 5000,
    });
    const responses = await Promise.all([1, 2, 3].map(() => secureTransport(request, never)));
    assert.ok(responses.every(({ok}) => ok));
    assert.equal(readCount, 1);
  });

  test('a certificate of an unknown CA is reported with the setting that makes it trusted', async () => {
    const server = await startSecureServer('good');
    const host = `127.0.0.1:${server.port}`;
    assert.deepEqual(await collectSentences(server.url), [
      `The certificate of ${host} is not trusted: certificate issued by an unknown authority.`,
      'If it was issued by a private CA, set ZENML_STORE_VERIFY_SSL=/path/ca.pem.',
    ]);
    assert.equal(server.seen.length, 0);
  });

  test.each([
    ['cert', 'self-signed certificate', /private CA/],
    ['expired', 'certificate has expired', /must be renewed/],
    ['future', 'certificate is not valid yet', /Check the clock/],
    ['other-host', 'certificate is for another host (zenml.example.com, zenml.example.org)', /was issued for/],
  ])('the certificate %s is reported: %s', async (name, reason, hint) => {
    const key = readPem(name === 'cert' ? 'key' : `${name}-key`);
    const server = await keep(startLocalServer((_, response) => response.end(), {cert: readPem(name), key}));
    const [message, shownHint] = await collectSentences(server.url, name === 'cert' ? {} : trustingWorld);
    assert.equal(message, `The certificate of 127.0.0.1:${server.port} is not trusted: ${reason}.`);
    assert.match(shownHint ?? '', hint);
    assert.equal(server.seen.length, 0);
  });

  test('an intermediate certificate is trusted only if the server sends it', async () => {
    const [whole, leaf] = await Promise.all([
      startSecureServer('chain'),
      keep(startLocalServer((_, response) => response.end(), {cert: readPem('leaf'), key: readPem('chain-key')})),
    ]);
    assert.deepEqual(await collectSentences(whole.url, trustingWorld), ['ada']);
    const [message] = await collectSentences(leaf.url, trustingWorld);
    assert.match(message ?? '', /issued by an unknown authority\.$/);
  });

  test('a server that requires a client certificate is reported', async () => {
    const {url} = await startSecureServer('good', {requestCert: true, rejectUnauthorized: true, ca: readPem('ca')});
    assert.deepEqual(await collectSentences(url, trustingWorld), [
      'Cannot reach URL: a client certificate is required.',
      'zentop cannot send one. Use a URL of the server that does not require it, or a local proxy that sends it.',
    ]);
  });

  test('https where the port does not use TLS is reported with the URL to use', async () => {
    const server = await keep(startLocalServer((_, response) => sendJson(response, 200, {})));
    assert.deepEqual(await collectSentences(server.url.replace('http:', 'https:')), [
      'Cannot reach URL: the port does not use TLS.',
      `Use ${server.url}, or the port that uses TLS.`,
    ]);
  });

  test('http where the port may use TLS is reported if the server just closes the connection', async () => {
    const {url} = await startSecureServer('good');
    const plain = url.replace('https:', 'http:');
    const [message, hint] = await collectSentences(plain);
    assert.equal(message, 'Cannot reach URL: connection reset.');
    assert.match(hint ?? '', new RegExp(`If the port uses TLS, use ${url}\\.`));
  });

  test('http where the port uses TLS is reported if the server sends an alert', async () => {
    const server = await keep(startRawServer(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
    assert.deepEqual(await collectSentences(server.url), [
      'Cannot reach URL: the port uses TLS.',
      `Use ${server.url.replace('http:', 'https:')}.`,
    ]);
  });

  test('http where the port uses TLS is reported if the server says so in a page', async () => {
    const page = '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>';
    const {url} = await keep(
      startLocalServer((_, response) => response.writeHead(400, {'content-type': 'text/html'}).end(page)),
    );
    assert.deepEqual(await collectSentences(url), [
      'Cannot reach URL: the port uses TLS.',
      `Use ${url.replace('http:', 'https:')}.`,
    ]);
  });
});

/** A server that responds to everything with these bytes. */
const startRawServer = async (bytes: Buffer) => {
  const server: Server = createServer(socket => socket.on('error', () => {}).once('data', () => socket.end(bytes)));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {url: `http://127.0.0.1:${port}`, close: () => new Promise<void>(resolve => server.close(() => resolve()))};
};

describe('in front of the server', () => {
  const startResponding = async (status: number, headers: Record<string, string>, body = '') =>
    (await keep(startLocalServer((_, response) => response.writeHead(status, headers).end(body)))).url;
  const html = {'content-type': 'text/html'};

  test('a sign-in page is reported even if it is returned with 200', async () => {
    const page = '<html><title>Sign in to Example</title><form><input type="password"></form></html>';
    assert.deepEqual(await collectSentences(await startResponding(200, html, page)), [
      'URL returned a sign-in page instead of the ZenML API.',
      'zentop cannot sign in there. Use a URL or network (such as a VPN) that bypasses it.',
    ]);
  });

  test('a redirect to a sign-in page is reported without its query', async () => {
    const location = 'https://login.example.com/oauth2/authorize?client_id=1&state=very-secret';
    const sentences = await collectSentences(await startResponding(302, {location}));
    assert.deepEqual(sentences, [
      "URL redirects to a sign-in page (https://login.example.com/oauth2/authorize), which is not ZenML's.",
      'zentop cannot sign in there. Use a URL or network (such as a VPN) that bypasses it.',
    ]);
  });

  test('a redirect from http to https is reported with the URL to use', async () => {
    const location = 'https://zenml.example.com/api/v1/current-user';
    assert.deepEqual(await collectSentences(await startResponding(301, {location})), [
      'URL redirects to https://zenml.example.com.',
      'Use that URL: `zentop --server https://zenml.example.com`.',
    ]);
  });

  test('a redirect from http to https on another port is reported but not followed, so that the token is not sent there', async () => {
    const target = await startSecureServer('good');
    const location = `https://127.0.0.1:${target.port}/api/v1/current-user`;
    const url = await startResponding(308, {location});
    const [message] = await collectSentences(url, {
      ...trustingWorld,
      env: {...trustingWorld.env, ZENML_STORE_URL: url, ZENML_STORE_API_TOKEN: 'token'},
    });
    assert.equal(message, `URL redirects to https://127.0.0.1:${target.port}.`);
    assert.equal(target.seen.length, 0);
  });

  test.each([401, 403])('a proxy that returns %i is reported', async status => {
    assert.deepEqual(await collectSentences(await startResponding(status, html, '<h1>No</h1>')), [
      `URL returned error ${status} from a proxy in front of it, not from ZenML.`,
      'zentop cannot sign in to that proxy. Use a URL or network (such as a VPN) that bypasses it.',
    ]);
  });
});

describe.each(['http', 'https'])('a proxy for %s', scheme => {
  const server = `${scheme}://zenml.example.com`;
  const connectThrough = async (status: number, login = '') => {
    const {url} = await keep(startLocalProxy({status, page: '<h1>No</h1>'}));
    const proxy = url.replace('//', `//${login}`);
    const [message = '', hint = ''] = await collectSentences(server, {env: {HTTPS_PROXY: proxy, HTTP_PROXY: proxy}});
    return [message, hint].map(text => text.replaceAll(new URL(url).host, 'HOST'));
  };

  test('that is not running is reported', async () => {
    const {url, close} = await startLocalProxy();
    await close();
    const [message = '', hint] = await collectSentences(server, {env: {HTTPS_PROXY: url, HTTP_PROXY: url}});
    assert.equal(message.replaceAll(new URL(url).host, 'HOST'), 'Cannot reach URL: proxy HOST: connection refused.');
    assert.equal(hint, 'Check the proxy variable, or set NO_PROXY if the server can be reached directly.');
  });

  test('that requires a login is reported', async () => {
    assert.deepEqual(await connectThrough(407), [
      'The proxy HOST requires a user name and password (407).',
      'Put them in the proxy variable (http://USER:PASSWORD@HOST), or set NO_PROXY if the server can be reached directly.',
    ]);
  });

  test('that rejects the login is reported without the user name and password', async () => {
    assert.deepEqual(await connectThrough(407, 'me:secret@'), [
      'The proxy HOST rejected the user name and password (407).',
      'Check them in the proxy variable, or set NO_PROXY if the server can be reached directly.',
    ]);
  });

  test.each([
    [401, 'The proxy HOST requires a user name and password (401).'],
    [403, 'The proxy HOST refused to connect to URL (403).'],
  ])('that returns %i is reported', async (status, messageForHttps) => {
    const [message] = await connectThrough(status);
    // A response to a request for an http server may come from a proxy in front of that server as well.
    const messageForHttp = `URL returned error ${status} from a proxy in front of it, not from ZenML.`;
    assert.equal(message, scheme === 'https' ? messageForHttps : messageForHttp);
  });
});

describe.each(['http', 'https'])('TLS between zentop and a proxy for %s', scheme => {
  const collectThrough = async (proxy: string) => {
    const env = {...trustingWorld.env, HTTPS_PROXY: proxy, HTTP_PROXY: proxy};
    const sentences = await collectSentences(`${scheme}://zenml.example.com`, {...trustingWorld, env});
    return sentences.map(text => text.replaceAll(new URL(proxy).host, 'HOST'));
  };
  const startTlsProxy = async (name: string, options = {}): Promise<string> => {
    const certificate = {cert: readPem(name), key: readPem(`${name}-key`), ...options};
    return (await keep(startLocalProxy({certificate}))).url;
  };

  test('an https:// URL of a proxy that does not use TLS is reported', async () => {
    const {url} = await keep(startLocalProxy());
    assert.deepEqual(await collectThrough(url.replace('http:', 'https:')), [
      'Cannot reach URL: proxy HOST: the port does not use TLS.',
      'Write http:// in the proxy variable, or use the port of the proxy that uses TLS.',
    ]);
  });

  test('an http:// URL of a proxy that uses TLS is reported', async () => {
    const {url} = await keep(startRawServer(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
    assert.deepEqual(await collectThrough(url), [
      'Cannot reach URL: proxy HOST: the port uses TLS.',
      'Write https:// in the proxy variable.',
    ]);
  });

  test('a proxy that uses another TLS version is reported', async () => {
    const url = await startTlsProxy('good', {maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0'});
    assert.deepEqual(await collectThrough(url), [
      'Cannot reach URL: proxy HOST: TLS handshake failed.',
      'The proxy may need another TLS version or a client certificate. If it uses plain HTTP, write http:// in the proxy variable.',
    ]);
  });

  test('a proxy that requires a client certificate is reported', async () => {
    const url = await startTlsProxy('good', {requestCert: true, rejectUnauthorized: true, ca: readPem('ca')});
    assert.deepEqual(await collectThrough(url), [
      'Cannot reach URL: proxy HOST: a client certificate is required.',
      'zentop cannot send one. Use a proxy that does not require it, or set NO_PROXY if the server can be reached directly.',
    ]);
  });

  test.each([
    ['expired', 'certificate has expired', 'The certificate must be renewed. Also check the clock of this machine.'],
    [
      'other-host',
      'certificate is for another host (zenml.example.com, zenml.example.org)',
      'Use a host name that the certificate was issued for.',
    ],
  ])('a proxy with the certificate “%s” is reported, not the server', async (name, reason, hint) => {
    assert.deepEqual(await collectThrough(await startTlsProxy(name)), [
      `The certificate of the proxy HOST is not trusted: ${reason}.`,
      hint,
    ]);
  });
});

describe.each(['http', 'https'])('through a proxy with an %s:// URL, the server is blamed', proxyScheme => {
  const collectThrough = async (server: string) => {
    const certificate = {cert: readPem('good'), key: readPem('good-key')};
    const proxy = await keep(startLocalProxy(proxyScheme === 'https' ? {certificate} : {}));
    const env = {...trustingWorld.env, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url};
    return collectSentences(server, {...trustingWorld, env});
  };

  test('for a port that does not use TLS', async () => {
    const {port} = await keep(startLocalServer((_, response) => sendJson(response, 200, {})));
    assert.deepEqual(await collectThrough(`https://zenml.example.com:${port}`), [
      'Cannot reach URL: the port does not use TLS.',
      `Use http://zenml.example.com:${port}, or the port that uses TLS.`,
    ]);
  });

  test('for its certificate', async () => {
    const {port} = await startSecureServer('expired');
    const [message] = await collectThrough(`https://zenml.example.com:${port}`);
    assert.equal(message, `The certificate of zenml.example.com:${port} is not trusted: certificate has expired.`);
  });

  test.each(['http', 'https'])('for a redirect loop over %s', async scheme => {
    const {port} = await keep(
      startLocalServer(
        (_, response) => response.writeHead(302, {location: '/api/v1/current-user'}).end(),
        scheme === 'https' ? {cert: readPem('other-host'), key: readPem('other-host-key')} : undefined,
      ),
    );
    const [message, hint] = await collectThrough(`${scheme}://zenml.example.com:${port}`);
    assert.equal(message, 'Cannot reach URL: redirect loop.');
    assert.match(hint ?? '', /^Check that the server is running/);
  });
});

describe('signing in', () => {
  test('with a password to a ZenML Pro workspace is reported as impossible', async () => {
    const {url} = await keep(
      startLocalServer((request, response) => {
        if (request.url === '/api/v1/info') {
          sendJson(response, 200, {id: 'w', version: '0.98.0', auth_scheme: 'EXTERNAL', deployment_type: 'cloud'});
        } else if (request.url === '/api/v1/login') {
          sendJson(response, 400, {detail: 'Unsupported grant type: password.'});
        } else {
          sendJson(response, 401, {detail: 'Not authenticated'});
        }
      }),
    );
    const env = {ZENML_STORE_URL: url, ZENML_STORE_USERNAME: 'ada', ZENML_STORE_PASSWORD: 'secret'};
    assert.deepEqual(await collectSentences(url, {env}), [
      'URL is a ZenML Pro workspace, which accepts no passwords.',
      'Run `zenml login URL`, or use an API key (--api-key-file FILE).',
    ]);
  });

  test('with a wrong password is reported with the variables to check', async () => {
    const {url} = await keep(startRecordedServer({requiresSignIn: true, password: 'right'}));
    const env = {ZENML_STORE_URL: url, ZENML_STORE_USERNAME: 'ada', ZENML_STORE_PASSWORD: 'wrong'};
    const [message, hint] = await collectSentences(url, {env});
    assert.match(message ?? '', /^URL rejected the credentials: Authentication error/);
    assert.equal(hint, 'Check ZENML_STORE_USERNAME and ZENML_STORE_PASSWORD.');
  });

  test('with a revoked token of a device is reported with the command that renews it', async () => {
    const {url} = await keep(startRecordedServer({requiresSignIn: true}));
    const files = {[credentialsPath]: `${url}:\n  url: ${url}\n  api_token:\n    access_token: revoked\n`};
    const [message, hint] = await collectSentences(url, {files});
    assert.match(message ?? '', /^URL rejected the credentials/);
    assert.equal(hint, 'The session may have been revoked. Run `zenml login URL --refresh`.');
  });

  test('with an expired token of a device is reported with the command that renews it', async () => {
    const {url} = await keep(startRecordedServer({requiresSignIn: true}));
    const expiredToken = "api_token:\n    access_token: old\n    expires_at: '2026-11-01T00:00:00Z'\n";
    const files = {[credentialsPath]: `${url}:\n  url: ${url}\n  ${expiredToken}`};
    assert.deepEqual(await collectSentences(url, {files}), [
      'URL rejected the credentials: the stored token has expired.',
      'Run `zenml login URL`.',
    ]);
  });
});
