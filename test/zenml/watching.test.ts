import assert from 'node:assert/strict';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, test} from 'vitest';
import {type CountingProxy, startCountingProxy} from '../support/counting-proxy.js';
import {computeQuantile} from '../support/quantile.js';
import {buildSettings} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {assertAgreement, assertStatusesSeen, watchRun} from './support/watched-run.js';

const successSteps = ['load', 'validate', 'left_features', 'right_features', 'train', 'evaluate', 'report'];

describe(`a run on ZenML ${zenmlVersion}, watched as it happens`, () => {
  let server: ZenmlServer;
  let proxy: CountingProxy;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());
  beforeEach(async () => {
    proxy = await startCountingProxy(server.url);
  });
  afterEach(() => proxy.stop());

  const watchToEnd = (file: string, args: readonly string[], names: readonly string[], lastStatus: string) =>
    watchRun(server, file, args, names, lastStatus, buildSettings(server, {ZENML_STORE_URL: proxy.url}));
  /**
   * How long a status may last and still be missed: about one interval, and as long as zentop pauses to spare a slow server, which
   * is ten times as long as a response took, but at most five seconds. Twice that pause is allowed, for loaded machines.
   */
  const getMaxUnseenMs = () => {
    const slowResponseMs = computeQuantile(
      proxy.exchanges.map(({durationMs}) => durationMs),
      0.9,
    );
    return 1200 + Math.min(20 * slowResponseMs, 5000);
  };

  test('shows every step of a successful run as the server has it, and agrees with the server in every field', async () => {
    const run = await watchToEnd('success.py', ['--seconds', '3', '--cache'], successSteps, 'completed');
    assertStatusesSeen(run, getMaxUnseenMs());
    // Planned steps are shown before they start.
    if (isAtLeast(83)) {
      assert.equal(run.seen.get('report')?.[0]?.status, 'waiting');
    }
    assert.match(run.screen.join('\n'), /\b7\/7\b/);
    assert.equal(run.exitCode, 0);
    assertAgreement(run);
  });

  test('shows the second run as cached, with the steps whose outputs it reuses', async () => {
    const run = await watchToEnd('success.py', ['--seconds', '3', '--cache'], successSteps, 'completed');
    assert.deepEqual(
      successSteps.map(name => run.seen.get(name)?.at(-1)?.status),
      successSteps.map(() => 'cached'),
    );
    assert.ok(run.document.steps.every(step => step.cache.from !== null));
    assertAgreement(run);
  });

  test('shows the exception of a failed step without a key press', async () => {
    const names = ['prepare', 'explode', 'sibling', 'after_explosion', 'after_sibling'];
    const run = await watchToEnd('failure.py', ['--seconds', '3'], names, 'failed');
    assertStatusesSeen(run, getMaxUnseenMs());
    // Servers before 0.84.1 do not store exceptions.
    if (isAtLeast(84)) {
      assert.match(run.screen.join('\n'), /cannot share 7 among nobody/);
    }
    assert.equal(run.document.steps.find(({name}) => name === 'after_explosion')?.id, null);
    assert.equal(run.exitCode, 0);
    assertAgreement(run);
  });

  test('shows a step failing, waiting and succeeding at its last attempt', async () => {
    const counter = join(server.createFolder('counters'), 'succeeds');
    // Up to 0.83 `max_retries` counts the first attempt too.
    const retries = isAtLeast(84) ? '2' : '3';
    const args = ['--counter', counter, '--retries', retries, '--seconds', '3', '--delay', '3'];
    const run = await watchToEnd('retry.py', args, ['fetch', 'flaky', 'use'], 'completed');
    assertStatusesSeen(run, getMaxUnseenMs());
    if (isAtLeast(84)) {
      const shown = run.seen.get('flaky')?.map(({status}) => status) ?? [];
      assert.ok(shown.filter(status => status === 'retrying').length >= 1, `flaky showed ${shown.join(', ')}`);
      assert.match(run.screen.join('\n'), /flaky .* 3\b/);
    }
    assertAgreement(run);
  });

  test('shows a step that failed at every attempt', async () => {
    const counter = join(server.createFolder('counters'), 'fails');
    const args = ['--counter', counter, '--failures', '9', '--retries', '1', '--seconds', '2'];
    const run = await watchToEnd('retry.py', args, ['fetch', 'flaky', 'use'], 'failed');
    // Before 0.94.1 a traceback is stored without the message, which this step builds while it runs.
    if (isAtLeast(95)) {
      assert.match(run.screen.join('\n'), /attempt 2 found nobody there/);
    }
    assertAgreement(run);
  });

  test.runIf(isAtLeast(92))('follows a dynamic pipeline whose steps are not known in advance', async () => {
    const run = await watchToEnd('dynamic.py', ['--items', '8', '--seconds', '2'], ['gather'], 'completed');
    assert.equal(run.document.steps.length, 10);
    assert.match(run.screen.join('\n'), /\b10\/10\b/);
    assertAgreement(run);
  });

  test.runIf(isAtLeast(93))('loses none of many mapped steps', async () => {
    const run = await watchToEnd('dynamic.py', ['--items', '60', '--seconds', '1'], [], 'completed');
    assert.equal(run.document.steps.filter(({group}) => group?.type === 'map').length, 60);
    assertAgreement(run);
  });
});
