import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import {statuses} from '../../src/domain/status.js';
import type {TimeLeft} from '../../src/domain/time-left.js';
import {formatBytes} from '../../src/format/bytes.js';
import {formatCompactDuration, formatDuration, formatTrimmedDuration} from '../../src/format/duration.js';
import {formatFailure} from '../../src/format/failure-words.js';
import {getLineText} from '../../src/format/line.js';
import {formatCount, formatShortCount} from '../../src/format/number.js';
import {pluralize} from '../../src/format/plural.js';
import {formatPythonType} from '../../src/format/python-type.js';
import {formatAttemptStatus, formatStatus, formatStepStatus, getStatusTone} from '../../src/format/status-words.js';
import {formatAgo, formatClockTime, formatLocalTime} from '../../src/format/time.js';
import {formatRoughDuration, renderTimeLeftVariants} from '../../src/format/time-left-words.js';
import {anAttempt, aPlannedStep, aRefusal, aStep, at} from '../support/builders.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-5, '0s', '0s'],
  [0, '0s', '0s'],
  [99, '0s', '0s'],
  [400, '0.4s', '0.4s'],
  [999, '0.9s', '0.9s'],
  [3 * second, '3s', '3s'],
  [59_999, '59s', '59s'],
  [8 * minute + 31 * second, '8m 31s', '8m31s'],
  [12 * minute + 4 * second, '12m 04s', '12m04s'],
  [2 * hour + 5 * minute, '2h 05m', '2h05m'],
  [3 * day + 4 * hour, '3d 04h', '3d04h'],
  [120 * day, '120d', '120d'],
])('formats %d ms as %s, or compactly as %s', (ms, wide, compact) => {
  assert.equal(formatDuration(ms), wide);
  assert.equal(formatCompactDuration(ms), compact);
});

test('formats durations in at most seven cells', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 9000 * day}), ms => {
      assert.ok(formatDuration(ms).length <= 7);
    }),
  );
});

test.each([
  [0, '0s'],
  [1500, '1.5s'],
  [10 * second, '10s'],
  [2 * minute, '2m'],
  [90 * minute, '1h 30m'],
  [day + 5 * minute, '1d 5m'],
])('formats a round duration of %d ms as %s', (ms, expected) => {
  assert.equal(formatTrimmedDuration(ms), expected);
});

const getUtcOffset = () => 0;
const getKathmanduOffset = () => 345 * minute;

test('formats local times, with a date unless it is today', () => {
  const now = at(600);
  assert.equal(formatClockTime(at(262), getUtcOffset), '21:08:33');
  assert.equal(formatClockTime(at(262), getKathmanduOffset), '02:53:33');
  assert.equal(formatLocalTime(at(262), now, getUtcOffset), '21:08:33');
  assert.equal(formatLocalTime(at(262) - day, now, getUtcOffset), '22 Nov 21:08:33');
  assert.equal(formatLocalTime(at(262) - 365 * day, now, getUtcOffset), '23 Nov 2025 21:08:33');
  // It is 02:59 local time, so four hours ago was yesterday.
  assert.equal(formatLocalTime(at(262) - 4 * hour, now, getKathmanduOffset), '23 Nov 22:53:33');
});

test('formats how long ago something was', () => {
  assert.equal(formatAgo(at(0), at(511)), '8m 31s ago');
  assert.equal(formatAgo(at(0), at(0.5)), 'just now');
  assert.equal(formatAgo(at(5), at(0)), 'just now');
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1000, '1 KB'],
  [1536, '1.5 KB'],
  [10 * 1024, '10 KB'],
  [32 * 1024 ** 2, '32 MB'],
  [1.2 * 1024 ** 3, '1.2 GB'],
])('formats %d bytes as %s', (bytes, expected) => {
  assert.equal(formatBytes(bytes), expected);
});

test.each([
  [0, '0', '0'],
  [850, '850', '850'],
  [1200, '1,200', '1.2K'],
  [9_960, '9,960', '10K'],
  [999_600, '999,600', '1M'],
  [1_234_567, '1,234,567', '1.2M'],
  [-1200, '-1,200', '-1.2K'],
])('formats %d as %s, or as %s for short', (count, full, short) => {
  assert.equal(formatCount(count), full);
  assert.equal(formatShortCount(count), short);
});

test('pluralizes nouns', () => {
  assert.equal(pluralize(1, 'step'), '1 step');
  assert.equal(pluralize(0, 'step'), '0 steps');
  assert.equal(pluralize(1200, 'retry', 'retries'), '1,200 retries');
});

test.each([
  ['pandas.core.frame.DataFrame', 'DataFrame'],
  ['builtins.dict', 'dict'],
  ['DataFrame', 'DataFrame'],
  ['typing.List[numpy.ndarray]', 'List[ndarray]'],
  ['jobs.train.<locals>.Model', 'Model'],
  ['модуль.Тип', 'Тип'],
])('shortens the type %s to %s', (importPath, expected) => {
  assert.equal(formatPythonType(importPath), expected);
});

test('shows an unknown status as the server wrote it', () => {
  for (const status of statuses) {
    assert.equal(formatStatus({status, statusWord: status}), status);
  }

  assert.equal(formatStatus({status: 'unknown', statusWord: 'hiber\x1b[1mnating'}), 'hibernating');
});

test('marks a doubtful attempt with a question mark', () => {
  const silent = anAttempt({status: 'running', heartbeatAt: at(0), heartbeatThresholdMs: 30 * minute});
  assert.equal(formatAttemptStatus(silent, false, at(29 * 60)), 'running');
  assert.equal(formatAttemptStatus(silent, false, at(41 * 60)), 'running?');
  assert.equal(formatAttemptStatus(anAttempt({status: 'running'}), true, at(1)), 'running?');
  assert.equal(formatAttemptStatus(anAttempt({status: 'completed'}), true, at(1)), 'completed');
});

test('shows a step without attempts as waiting, or as not run once the run is over', () => {
  assert.equal(formatStepStatus(aPlannedStep(), false, at(0)), 'waiting');
  assert.equal(formatStepStatus(aPlannedStep(), true, at(0)), 'not run');
  assert.equal(formatStepStatus(aStep({status: 'cached'}), true, at(0)), 'cached');
});

test('uses a tone for each kind of status', () => {
  const tones = (['failed', 'running', 'completed', 'cached', 'stopped', 'waiting'] as const).map(getStatusTone);
  assert.deepEqual(tones, ['bad', 'busy', 'good', 'reused', 'ended', 'waiting']);
});

test.each<[Failure, string]>([
  [{kind: 'unreachable', host: 'h', reason: 'connection refused'}, 'connection refused'],
  [{kind: 'unreachable', host: 'h', reason: ''}, 'not reachable'],
  [{kind: 'timed-out', afterMs: 30_000}, 'timed out after 30s'],
  [{kind: 'untrusted', host: 'h', reason: ''}, 'certificate not trusted'],
  [{kind: 'not-signed-in', detail: ''}, 'signed out'],
  [{kind: 'forbidden', detail: ''}, 'not allowed'],
  [{kind: 'not-found', detail: ''}, 'not found'],
  [{kind: 'no-route', path: 'x'}, 'unknown to this server'],
  [aRefusal(502), '502 from the server'],
  [aRefusal(503), 'server busy (503)'],
  [aRefusal(429), 'too many requests'],
  [{kind: 'not-zenml', contentType: 'text/html'}, 'got a web page'],
  [{kind: 'not-zenml', contentType: 'text/plain'}, 'not a ZenML server'],
  [{kind: 'malformed', where: 'x'}, 'unexpected response'],
  [{kind: 'too-large', limitBytes: 64 * 1024 ** 2}, 'response too large (64 MB)'],
])('describes %j in a few words', (failure, expected) => {
  assert.equal(formatFailure(failure), expected);
});

test('describes a failure in a few safe words, whatever its reason', () => {
  const words = formatFailure({kind: 'unreachable', host: 'h', reason: `\x1b]0;t\x07${'long '.repeat(100)}`});
  assert.equal(words, 'long long long long long long l…');
});

const getMinutesMs = (count: number): number => count * minute;

test.each<[TimeLeft, readonly string[]]>([
  [
    {ms: getMinutesMs(4), minMs: getMinutesMs(2.1), maxMs: getMinutesMs(6), runCount: 8, isOverdue: false},
    ['~4m left (2m–6m, based on 8 runs)', '~4m left (2m–6m)', '~4m left'],
  ],
  [
    {ms: 41_000, minMs: 41_000, maxMs: 41_000, runCount: 1, isOverdue: false},
    ['~40s left (based on 1 run)', '~40s left'],
  ],
  [
    {ms: 41_000, minMs: 0, maxMs: 90_000, runCount: 2, isOverdue: false},
    ['~40s left (1s–1m 30s, based on 2 runs)', '~40s left (1s–1m 30s)', '~40s left'],
  ],
  [{ms: 0, minMs: 0, maxMs: getMinutesMs(1), runCount: 5, isOverdue: true}, ['longer than usual']],
  [
    {ms: 15_000, minMs: 0, maxMs: 20_000, runCount: 3, isOverdue: true},
    ['longer than usual, then ~15s', 'longer than usual'],
  ],
])('formats the remaining time %j in several lengths', (left, expected) => {
  assert.deepEqual(renderTimeLeftVariants(left).map(getLineText), expected);
});

test.each([
  [1, '1s'],
  [7400, '7s'],
  [61_000, '1m'],
  [63_000, '1m 5s'],
  [getMinutesMs(2), '2m'],
  [getMinutesMs(2.51), '3m'],
  [getMinutesMs(119.5), '2h'],
  [getMinutesMs(130), '2h 15m'],
])('rounds an estimate of %d ms to %s', (ms, expected) => {
  assert.equal(formatRoughDuration(ms), expected);
});
