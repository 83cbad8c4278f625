import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getCacheSetting} from '../../src/domain/cache/setting.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Json} from '../../src/domain/json.js';
import type {RetryConfig} from '../../src/domain/retry.js';
import {renderCacheSetting, renderExpiry, renderOriginFacts} from '../../src/format/cache-setting.js';
import {formatCycle} from '../../src/format/graph/cycle-words.js';
import {getLineText} from '../../src/format/line.js';
import {formatResources} from '../../src/format/resources.js';
import {renderRetry} from '../../src/format/retry-words.js';
import {formatWait} from '../../src/format/wait-words.js';
import {aDetail, anAttempt, aRun, aRunConfig, aStep, aStepConfig, at} from '../support/builders.js';

const getUtcOffset = () => 0;

test.each<[RetryConfig | undefined, string]>([
  [undefined, 'off'],
  [{maxRetries: 0, delaySeconds: 0, backoff: 1}, 'off'],
  [{maxRetries: 2, delaySeconds: 10, backoff: 2}, 'up to 3 attempts, delay 10s, then ×2 (10s, 20s)'],
  [
    {maxRetries: 9, delaySeconds: 30, backoff: 3},
    'up to 10 attempts, delay 30s, then ×3 (30s, 1m 30s, 4m 30s, 13m 30s, …)',
  ],
  [{maxRetries: 1, delaySeconds: 10, backoff: 2}, 'up to 2 attempts, delay 10s'],
  [{maxRetries: 3, delaySeconds: 10, backoff: 1}, 'up to 4 attempts, delay 10s'],
  [{maxRetries: 3, delaySeconds: 10, backoff: 0}, 'up to 4 attempts, delay 10s, then none'],
  [{maxRetries: 3, delaySeconds: 0, backoff: 2}, 'up to 4 attempts, no delay'],
  [
    {maxRetries: 3, delaySeconds: 10, backoff: 2, includesFirstAttempt: true},
    'up to 3 attempts, delay 10s, then ×2 (10s, 20s)',
  ],
  [{maxRetries: 1, delaySeconds: 10, backoff: 2, includesFirstAttempt: true}, 'off'],
  [{maxRetries: 0, delaySeconds: 10, backoff: 2, includesFirstAttempt: true}, 'off'],
])('describes the retry configuration %j', (retry, expected) => {
  assert.equal(getLineText(renderRetry(retry)), expected);
});

test.each([
  [false, true, 'off', 'set by the step (enable_cache=False)'],
  [true, false, 'on', 'set by the step (enable_cache=True)'],
  [undefined, false, 'off', 'set by the pipeline (enable_cache=False)'],
  [undefined, true, 'on', 'set by the pipeline (enable_cache=True)'],
  [undefined, undefined, 'on', 'by default'],
])(
  'describes the cache setting %s of a step in a pipeline with %s as %s',
  (stepSetting, pipelineSetting, word, reason) => {
    const detail = aDetail({config: aStepConfig({isCacheEnabled: stepSetting})});
    const run = aRun({config: aRunConfig({isCacheEnabled: pipelineSetting})});
    assert.deepEqual(renderCacheSetting(detail, run).map(getLineText), [word, reason]);
  },
);

test('does not guess the cache setting before the pipeline configuration is loaded', () => {
  assert.equal(getCacheSetting(aDetail(), undefined), undefined);
  assert.equal(getCacheSetting(aDetail(), aRun({config: undefined})), undefined);
  assert.deepEqual(getCacheSetting(aDetail({config: aStepConfig({isCacheEnabled: false})}), undefined), {
    isEnabled: false,
    decidedBy: 'step',
  });
});

test('shows when a cached result expires', () => {
  assert.equal(renderExpiry(undefined, at(0), getUtcOffset).text, 'never expires');
  assert.equal(renderExpiry(at(3 * 3600), at(0), getUtcOffset).text, 'expires in 3h 00m, 24 Nov 00:04:11');
  assert.equal(renderExpiry(at(0), at(60), getUtcOffset).text, 'expired 1m 00s ago');
});

test('shows the run and step that a cached step reused', () => {
  const original = aDetail({attempt: anAttempt({name: 'load'}), runId: toRunId('another')});
  const originalRun = aRun({index: 41, name: 'training-08_00'});
  const formatWords = (changes: Partial<Parameters<typeof renderOriginFacts>[0]>) =>
    renderOriginFacts({original, originalRun, run: aRun(), maxCells: 60, ...changes}).map(getLineText);
  assert.deepEqual(formatWords({}), ['#41 training-08_00', 'step load']);
  assert.deepEqual(formatWords({originalRun: aRun({index: undefined, name: 'training'})}), ['training', 'step load']);
  assert.deepEqual(formatWords({originalRun: undefined}), ['loading…', 'step load']);
  assert.deepEqual(formatWords({original: undefined}), ['loading…']);
  assert.deepEqual(formatWords({original: aDetail({attempt: anAttempt({name: 'load'})})}), [
    'step load',
    'in this run',
  ]);
});

test.each<[Json, readonly string[]]>([
  [{cpu_count: 8, gpu_count: 1, memory: '64GB', gpu_class: 'A100'}, ['1×A100', 'cpu 8', 'mem 64 GB']],
  [{cpu_count: 0.5, gpu_count: 2, memory: '512MiB'}, ['gpu 2', 'cpu 0.5', 'mem 512 MiB']],
  [{cpu_count: null, gpu_count: 0, memory: null}, []],
  [{resources: {tpu: 2}}, ['2×tpu']],
  [{resources: ['license', {name: 'disk', quantity: 3}]}, ['license', '3×disk']],
  ['nonsense', []],
])('formats the resources %j', (resources, expected) => {
  assert.deepEqual(formatResources({resources}), expected);
});

test('formats no resources for a step without resource settings', () => {
  assert.deepEqual(formatResources({docker: {}}), []);
});

test('counts in sentences have thousands separators', () => {
  assert.equal(formatCycle(1), '1 edge closes a cycle and is not drawn');
  assert.equal(formatCycle(1207), '1,207 edges close a cycle and are not drawn');
  const steps = Array.from({length: 1208}, (_, index) => aStep({name: `map:${index}`}));
  assert.equal(formatWait({kind: 'upstream', steps}, at(600)), 'for map:0 and 1,207 others');
});
