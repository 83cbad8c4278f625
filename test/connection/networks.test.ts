import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {checkProxy} from '../../src/connection/check-proxy.js';
import {readTlsOptions} from '../../src/connection/trust.js';
import type {World} from '../../src/connection/world.js';
import {aWorld} from './support/world.js';

const server = 'https://zenml.example.com';

describe('a malformed proxy variable is reported in one sentence without its value', () => {
  test.each([
    'http://me:pa#ss@127.0.0.1:3128',
    'http://proxy:port',
    'http://:3128',
    'http://127.0.0.1:99999',
    'http=proxy:3128;https=proxy:3128',
    'http://',
    'http://pro xy:3128',
    'ftp://proxy:21',
    'http://me:pa/ss@proxy:3128',
    'http://me:12#ss@proxy:3128',
    'http://me:1/ss@proxy:3128',
    'http://me:100%@proxy:3128',
    'http://me:p%E4ss@proxy:3128',
    'http://proxy:0',
    'http:/proxy:3128',
    '://proxy',
  ])('%s', value => {
    const outcome = checkProxy(aWorld({env: {HTTPS_PROXY: value}}), server);
    assert.ok(!outcome.ok);
    assert.equal(outcome.problem.message, 'HTTPS_PROXY is not a valid proxy URL.');
    assert.equal(outcome.problem.exitCode, 2);
  });
});

describe('the proxy for an https server', () => {
  test.each([
    [{HTTPS_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
    [{https_proxy: 'http://proxy:3128', HTTPS_PROXY: 'http://other:1'}, 'http://proxy:3128'],
    [{https_proxy: 'http://me:p%40ss@proxy:3128'}, 'http://me:p%40ss@proxy:3128'],
    [{HTTPS_PROXY: 'proxy:3128'}, 'http://proxy:3128'],
    [{ALL_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
    [{ALL_PROXY: 'http://other:1', HTTPS_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
    [{HTTPS_PROXY: 'http://[::1]:3128'}, 'http://[::1]:3128'],
    [{HTTP_PROXY: 'http://proxy:3128'}, undefined],
    [{HTTPS_PROXY: 'http://proxy:port', NO_PROXY: 'example.com'}, undefined],
  ] as readonly (readonly [World['env'], string | undefined])[])('with %o is %s', (env, expected) => {
    const outcome = checkProxy(aWorld({env}), server);
    assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.message);
    assert.equal(outcome.value, expected);
  });
});

test.each(['socks5://proxy:1080', 'socks5h://proxy:1080', 'SOCKS4://proxy'])('%s is refused with a reason', value => {
  const outcome = checkProxy(aWorld({env: {ALL_PROXY: value}}), server);
  assert.ok(!outcome.ok);
  assert.match(outcome.problem.message, /^ALL_PROXY names a SOCKS proxy, which zentop does not support\.$/);
});

const createPem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;
const files = {'/etc/corp.pem': createPem('corp'), '/etc/extra.pem': createPem('extra'), '/etc/none.pem': 'nothing'};

describe('certificates of a private CA are taken from', () => {
  test.each(['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE'])('%s', async name => {
    const trust = await readTlsOptions(aWorld({files, env: {[name]: '/etc/corp.pem'}}), undefined);
    assert.ok(trust.ok);
    assert.deepEqual(trust.value, {
      origin: name,
      value: {isVerified: true, ca: createPem('corp'), caSources: ['/etc/corp.pem']},
    });
  });

  test('verify_ssl before any variable, together with NODE_EXTRA_CA_CERTS', async () => {
    const env = {REQUESTS_CA_BUNDLE: '/etc/none.pem', NODE_EXTRA_CA_CERTS: '/etc/extra.pem'};
    const trust = await readTlsOptions(aWorld({files, env}), {origin: 'config.yaml', value: '/etc/corp.pem'});
    assert.ok(trust.ok);
    assert.equal(trust.value.value.ca, `${createPem('corp')}\n${createPem('extra')}`);
  });
});

describe('folders of certificates', () => {
  const folders = {
    '/etc/certs/corp.pem': createPem('corp'),
    '/etc/certs/0a1b2c3d.0': createPem('corp'),
    '/etc/certs/README': 'nothing',
    '/etc/more/extra.pem': createPem('extra'),
  };

  test('are found in SSL_CERT_DIR, each certificate once', async () => {
    const env = {SSL_CERT_DIR: '/etc/certs:/etc/missing:/etc/more'};
    const trust = await readTlsOptions(aWorld({files: folders, env}), undefined);
    assert.ok(trust.ok);
    assert.deepEqual(trust.value, {
      origin: 'SSL_CERT_DIR',
      value: {
        isVerified: true,
        ca: `${createPem('corp')}\n${createPem('extra')}`,
        caSources: ['/etc/certs', '/etc/more'],
      },
    });
  });

  test('are added to SSL_CERT_FILE', async () => {
    const env = {SSL_CERT_FILE: '/etc/corp.pem', SSL_CERT_DIR: '/etc/more'};
    const trust = await readTlsOptions(aWorld({files: {...files, ...folders}, env}), undefined);
    assert.ok(trust.ok);
    assert.deepEqual(trust.value.value.caSources, ['/etc/corp.pem', '/etc/more']);
  });

  test('can be the value of verify_ssl and of REQUESTS_CA_BUNDLE, as in Python', async () => {
    const byField = await readTlsOptions(aWorld({files: folders}), {origin: 'config.yaml', value: '/etc/certs'});
    const byVariable = await readTlsOptions(
      aWorld({files: folders, env: {REQUESTS_CA_BUNDLE: '/etc/certs'}}),
      undefined,
    );
    assert.ok(byField.ok && byVariable.ok);
    assert.deepEqual([byField.value.value.ca, byVariable.value.value.ca], [createPem('corp'), createPem('corp')]);
  });

  test('that do not exist are ignored', async () => {
    const trust = await readTlsOptions(aWorld({env: {SSL_CERT_DIR: '/etc/missing'}}), undefined);
    assert.ok(trust.ok);
    assert.deepEqual(trust.value, {origin: 'default', value: {isVerified: true}});
  });
});

test('a variable that names no certificates is reported in one sentence', async () => {
  const trust = await readTlsOptions(aWorld({files, env: {REQUESTS_CA_BUNDLE: '/etc/none.pem'}}), undefined);
  assert.ok(!trust.ok);
  assert.equal(trust.problem.message, 'Cannot read any CA certificate from /etc/none.pem (REQUESTS_CA_BUNDLE).');
});

test('without verification no certificates are read', async () => {
  const world = aWorld({files, env: {REQUESTS_CA_BUNDLE: '/etc/corp.pem'}});
  const trust = await readTlsOptions(world, {origin: 'config.yaml', value: false});
  assert.ok(trust.ok);
  assert.deepEqual(trust.value.value, {isVerified: false});
});
