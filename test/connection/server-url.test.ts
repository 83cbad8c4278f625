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
  ['https://zenml.example.com/?utm=1#top', 'https://zenml.example.com'],
] as const;

for (const [text, url] of addresses) {
  test(`${text} is the server ${url}`, () => {
    assert.deepEqual(parseServerUrl(text), {ok: true, url});
  });
}

const wrongOnes = [
  ['zenml.example.com', /no scheme/, 'Write https://zenml.example.com'],
  ['localhost:8237', /no scheme/, 'Write http://localhost:8237'],
  ['http://', /is not a URL/, 'Write it as https://host or https://host/path'],
  ['ftp://zenml.example.com', /not the address of a ZenML server/, 'Write it as https://host or https://host/path'],
] as const;

for (const [text, why, way] of wrongOnes) {
  test(`${text} is refused with what to write instead`, () => {
    const parsed = parseServerUrl(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.why, why);
    assert.equal(parsed.way, way);
  });
}

for (const text of [
  'https://ada:MARKED@zenml.example.com',
  'ada:MARKED@zenml.example.com',
  'https://ada:MARKED@:80:80',
]) {
  test(`a password inside an address is neither taken nor shown (${text.slice(0, 5)})`, () => {
    const parsed = parseServerUrl(text);
    assert.ok(!parsed.ok);
    assert.doesNotMatch(JSON.stringify(parsed), /MARKED/);
    assert.doesNotMatch(maskUrl(text), /MARKED/);
  });
}

test('a query is not shown, for tokens travel in it', () => {
  assert.equal(maskUrl('https://host/runs?token=MARKED'), 'https://host/runs');
});

test('two spellings of one address are the same server', () => {
  assert.ok(isSameServer('https://zenml.example.com/', 'HTTPS://zenml.example.com:443'));
  assert.ok(!isSameServer('https://zenml.example.com', 'http://zenml.example.com'));
  assert.ok(!isSameServer('', ''));
});
