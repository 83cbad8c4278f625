import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findProxy} from '../../src/api/find-proxy.js';
import {buildRequestUrl, canFollowRedirect} from '../../src/api/request-url.js';

const proxyUrl = 'http://proxy.corp:3128';
const both = {httpsProxy: proxyUrl, httpProxy: proxyUrl, noProxy: undefined};

test.each([
  ['https://zenml.corp', undefined, true],
  ['https://zenml.corp', '*', false],
  ['https://zenml.corp', 'zenml.corp', false],
  ['https://zenml.corp', 'ZENML.CORP, other', false],
  ['https://zenml.corp', '.corp', false],
  ['https://zenml.corp', '*.corp', true],
  ['https://zenml.corp', '*,other', true],
  ['https://zenml.corp', 'corp', false],
  ['https://zenml.corp', 'ml.corp', false],
  ['https://zenml.corp', 'other zenml.corp', true],
  ['https://zenml.corp', '.zenml.corp', false],
  ['https://zenml.corp', 'zenml.corp:443', true],
  ['https://zenml.corp', 'zenml.corp:8080', true],
  ['http://zenml.corp:8080', 'zenml.corp:8080', false],
  ['http://10.1.2.3', '10.0.0.0/8', false],
  ['http://11.1.2.3', '10.0.0.0/8', true],
  ['http://10.1.2.3', '10.0.0.0/99', true],
  ['http://10.1.2.3', '10.1.2.3', false],
  ['http://[fd00::1]:8080', 'fd00::1', false],
  ['http://[fd00::1]:8080', 'fd00::/8', true],
  ['http://10.1.2.3:80', '10.1.2.3:80', true],
  ['https://zenml.corp', ' ,, ', true],
  ['http://127.0.0.1:8237', undefined, false],
  ['http://localhost:8237', undefined, false],
  ['http://[::1]:8237', undefined, false],
] as const)('%s with NO_PROXY=%s goes through the proxy: %s', (serverUrl, noProxy, isProxied) => {
  assert.equal(findProxy(serverUrl, {...both, noProxy}), isProxied ? proxyUrl : undefined);
});

test('each scheme has its own proxy, and a proxy without a scheme is an HTTP proxy', () => {
  const environment = {httpsProxy: 'secure:1', httpProxy: undefined, noProxy: undefined};
  assert.equal(findProxy('https://zenml.corp', environment), 'http://secure:1');
  assert.equal(findProxy('http://zenml.corp', environment), undefined);
});

test('ALL_PROXY is used where the scheme has no proxy of its own', () => {
  const environment = {httpsProxy: undefined, httpProxy: proxyUrl, allProxy: 'socks5://proxy:1080', noProxy: undefined};
  assert.equal(findProxy('https://zenml.corp', environment), 'socks5://proxy:1080');
  assert.equal(findProxy('http://zenml.corp', environment), proxyUrl);
});

const from = new URL('https://zenml.corp/api/v1/runs');

test.each([
  ['GET', 302, '/api/v2/runs', true],
  ['GET', 302, 'https://zenml.corp:8443/x', false],
  ['GET', 302, 'http://zenml.corp/x', false],
  ['GET', 302, 'https://evil.example/x', false],
  ['GET', 302, 'https://zenml.corp.evil.example/x', false],
  ['GET', 302, '//evil.example', false],
  ['GET', 302, 'https://', false],
  ['POST', 302, '/x', false],
  ['POST', 303, '/x', false],
  ['POST', 307, '/x', true],
  ['POST', 307, 'https://zenml.corp:8443/x', false],
  ['POST', 308, 'https://zenml.corp:8443/x', false],
  ['POST', 308, 'https://evil.example/x', false],
] as const)('a %s redirected with %s to %s is followed: %s', (method, status, location, isFollowed) => {
  assert.equal(canFollowRedirect(method, status, from, location), isFollowed);
});

test('a redirect from http to https is followed to the standard port, but to no other', () => {
  const plain = new URL('http://zenml.corp/api/v1/runs');
  assert.equal(canFollowRedirect('GET', 301, plain, 'https://zenml.corp/api/v1/runs'), true);
  assert.equal(canFollowRedirect('GET', 301, plain, 'https://zenml.corp:8443/api/v1/runs'), false);
});

test('the URL of the server may end in a slash, or have a path', () => {
  const request = {path: 'info', query: []};
  assert.equal(buildRequestUrl('http://a//', request).href, 'http://a/api/v1/info');
  assert.equal(buildRequestUrl('http://a/zen', request).href, 'http://a/zen/api/v1/info');
});
