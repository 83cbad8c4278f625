import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
  hasEventStream,
  hasNotOneOfFilter,
  hasQuestions,
  hasReliableProgress,
  isAtLeast,
} from '../../src/domain/server.js';
import {aServerInfo} from '../support/builders.js';

const aServer = (version: string) => aServerInfo({version});

test.each([
  ['0.94.1', '0.94.1', true],
  ['0.94.0', '0.94.1', false],
  ['0.94.10', '0.94.9', true],
  ['0.100.0', '0.94.1', true],
  ['1.0.0', '0.94.1', true],
  ['0.94', '0.94.0', true],
  ['0.94.1rc2', '0.94.1', true],
  ['v0.84.3', '0.85.0', false],
])('compares versions number by number: %s is at least %s: %s', (version, least, expected) => {
  assert.equal(isAtLeast(aServer(version), least), expected);
});

test('an unknown server, or one whose version is not a number, counts as a recent one', () => {
  assert.equal(isAtLeast(undefined, '0.94.1'), true);
  assert.equal(isAtLeast(aServer('nightly'), '0.94.1'), true);
});

test.each([
  ['0.80.2', false],
  ['0.92.0', false],
  ['0.95.1', false],
  ['0.96.4', true],
  ['0.98.0', true],
  ['0.98.0.dev1', true],
  ['1.0.0', true],
  ['nightly', false],
])('a server of version %s supports `notoneof`: %s', (version, isExpected) => {
  assert.equal(hasNotOneOfFilter(aServer(version)), isExpected);
});

test.each([
  ['0.85.0', false],
  ['0.93.0', false],
  ['0.93.1', true],
  ['0.93.3', true],
  ['0.98.0', true],
  ['nightly', true],
])('a server of version %s resets `in_progress` of every failed run: %s', (version, isExpected) => {
  assert.equal(hasReliableProgress(aServer(version)), isExpected);
});

test('questions exist as of 0.94.1, and event streams as of 0.94.5', () => {
  assert.deepEqual(
    ['0.93.3', '0.94.0', '0.94.1'].map(version => hasQuestions(aServer(version))),
    [false, false, true],
  );
  assert.deepEqual(
    ['0.94.4', '0.94.5'].map(version => hasEventStream(aServer(version))),
    [false, true],
  );
  assert.equal(hasEventStream(undefined), false);
});
