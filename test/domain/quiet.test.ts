import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {LogActivity} from '../../src/domain/log/activity.js';
import {findQuietMs} from '../../src/domain/quiet.js';
import {formatQuiet} from '../../src/format/quiet-words.js';
import {anAttempt, at} from '../support/builders.js';

/** In seconds. */
const minute = 60;
const getQuietMs = (
  activity: Partial<LogActivity & {readonly asOf: number}>,
  now: number,
  {heartbeatAt, usualMs}: {heartbeatAt?: number; usualMs?: number} = {},
) =>
  findQuietMs(
    {
      attempt: anAttempt({startedAt: at(0), heartbeatAt}),
      activity: {lastAt: undefined, longestPauseMs: undefined, progress: undefined, asOf: at(now), ...activity},
      usualMs,
    },
    at(now),
  );

test('a step that logs often is quiet after five minutes of silence', () => {
  const activity = {lastAt: at(100), longestPauseMs: 10_000};
  assert.equal(getQuietMs(activity, 100 + 5 * minute - 1), undefined);
  assert.equal(getQuietMs(activity, 100 + 5 * minute), 5 * minute * 1000);
});

test('a step with long pauses is quiet after four times the longest', () => {
  const activity = {lastAt: at(0), longestPauseMs: 4 * minute * 1000};
  assert.equal(getQuietMs(activity, 15 * minute), undefined);
  assert.equal(getQuietMs(activity, 16 * minute), 16 * minute * 1000);
});

test('a step whose log has not been fetched recently is not reported as quiet', () => {
  assert.equal(getQuietMs({lastAt: at(100), longestPauseMs: 10_000, asOf: at(200)}, 3600), undefined);
});

test('a heartbeat is a sign of life', () => {
  const activity = {lastAt: at(0), longestPauseMs: 1000};
  assert.equal(getQuietMs(activity, 10 * minute, {heartbeatAt: at(9 * minute)}), undefined);
});

test('a step that hardly logs is quiet after twice its usual duration, or after a quarter of an hour if that is unknown', () => {
  assert.equal(getQuietMs({lastAt: at(1)}, 19 * minute, {usualMs: 10 * minute * 1000}), undefined);
  assert.notEqual(getQuietMs({lastAt: at(1)}, 21 * minute, {usualMs: 10 * minute * 1000}), undefined);
  assert.equal(getQuietMs({lastAt: at(1)}, 14 * minute), undefined);
  assert.notEqual(getQuietMs({lastAt: at(1)}, 16 * minute), undefined);
});

test.each([
  [8 * 60_000, 12, 'quiet for 8m'],
  [18 * 60_000 + 59_000, 12, 'quiet 18m'],
  [18 * 60_000, 80, 'quiet for 18m'],
  [5 * 3_600_000, 12, 'quiet for 5h'],
])('%i ms of silence in %i cells is %s', (ms, cells, expected) => {
  assert.equal(formatQuiet(ms, cells), expected);
});
