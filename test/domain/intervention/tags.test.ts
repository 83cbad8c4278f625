import assert from 'node:assert/strict';
import {test} from 'vitest';
import {parseTags} from '../../../src/domain/intervention/tags.js';

test('adds the tags named, and removes those with a hyphen before their name', () => {
  assert.deepEqual(parseTags(' nightly  -old gpu nightly'), {ok: true, add: ['nightly', 'gpu'], remove: ['old']});
});

test('a tag can have 255 characters, even if each takes two UTF-16 units', () => {
  const tag = '🚀'.repeat(255);
  assert.deepEqual(parseTags(tag), {ok: true, add: [tag], remove: []});
});

test('tags with spaces are separated by commas', () => {
  assert.deepEqual(parseTags('team a, -team b'), {ok: true, add: ['team a'], remove: ['team b']});
});

test.each([
  ['', /type a tag/],
  ['-', /type a tag/],
  ['a'.repeat(256), /at most 255 characters/],
  ['a\u0007', /control characters/],
  ['0d9e884f-8c47-4374-b0d8-5c10470242c2', /take “0d9e884f.*” for the ID of a tag/],
  ['old -old', /“old” cannot be both added and removed/],
])('refuses what the server would refuse: %j', (text, message) => {
  const parsed = parseTags(text);
  assert.ok(!parsed.ok);
  assert.match(parsed.message, message);
});
