import assert from 'node:assert/strict';
import {test} from 'vitest';
import {isSameServer, maskUrl, parseServerUrl} from '../../src/connection/server-url.js';

const addresses = [
  ['https://zenml.example.com', 'https://zenml.example.com'],
  ['https://zenml.example.com/', 'https://zenml.example.com'],
  [' https://ZENML.example.com:443// ', 'https://zenml.example.com'],
  ['http://127.0.0.1:8237', 'http://127.0.0.1:8237'],
  ['https://example.com/zenml/', 'https://example.com/zenml'],
  ['https://zenml.example.com/api/v1', 'https://zenml.example.com'],
  ['https://example.com/zenml/api/v1/info', 'https://example.com/zenml'],
  ['"https://zenml.example.com"', 'https://zenml.example.com'],
  ['https://zenml.example.com/?utm=1#top', 'https://zenml.example.com'],
] as const;

for (const [text, url] of addresses) {
  test(`normalizes ${text} to ${url}`, () => {
    assert.deepEqual(parseServerUrl(text), {ok: true, url});
  });
}

const invalidUrls = [
  ['zenml.example.com', /missing http/, 'Did you mean https://zenml.example.com?'],
  ['localhost:8237', /missing http/, 'Did you mean http://localhost:8237?'],
  ['http://', /not a URL/, 'Expected https://host or https://host/path.'],
  ['ftp://zenml.example.com', /not an http/, 'Expected https://host or https://host/path.'],
] as const;

for (const [text, reason, hint] of invalidUrls) {
  test(`rejects ${text} with a hint`, () => {
    const parsed = parseServerUrl(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.reason, reason);
    assert.equal(parsed.hint, hint);
  });
}

for (const [form, text] of [
  ['with a scheme', 'https://ada:MARKED@zenml.example.com'],
  ['without a scheme', 'ada:MARKED@zenml.example.com'],
  ['that is invalid', 'https://ada:MARKED@:80:80'],
] as const) {
  test(`neither accepts nor shows a password in a URL ${form}`, () => {
    const parsed = parseServerUrl(text);
    assert.ok(!parsed.ok);
    assert.doesNotMatch(JSON.stringify(parsed), /MARKED/);
    assert.doesNotMatch(maskUrl(text), /MARKED/);
  });
}

test('removes the query, which may contain a token', () => {
  assert.equal(maskUrl('https://host/runs?token=MARKED'), 'https://host/runs');
});

test('recognizes two spellings of the same server', () => {
  assert.ok(isSameServer('https://zenml.example.com/', 'HTTPS://zenml.example.com:443'));
  assert.ok(!isSameServer('https://zenml.example.com', 'http://zenml.example.com'));
  assert.ok(!isSameServer('', ''));
});

test('treats the names of this machine as one server, and its ports as several', () => {
  for (const host of ['localhost', '127.0.0.1', '0.0.0.0', '[::1]']) {
    assert.ok(isSameServer(`http://${host}:8237`, 'http://127.0.0.1:8237/'));
  }

  assert.ok(!isSameServer('http://localhost:8237', 'http://127.0.0.1:8238'));
  assert.ok(!isSameServer('http://localhost.example:8237', 'http://127.0.0.1:8237'));
});
