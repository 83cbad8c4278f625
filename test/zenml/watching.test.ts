import assert from 'node:assert/strict';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {assertAgreement, assertStatusesSeen, watchRun} from './support/watched-run.js';

/** The program asks once a second while something happens; with drawing and a busy machine, this surely is a tick. */
const tickMs = 2500;
const successSteps = ['load', 'validate', 'left_features', 'right_features', 'train', 'evaluate', 'report'];

describe(`a run on ZenML ${zenmlVersion}, watched as it happens`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test('shows every step of a success as the server has it, and agrees with the server in every field', async () => {
    const watched = await watchRun(server, 'success.py', ['--seconds', '3', '--cache'], successSteps, 'completed');
    assertStatusesSeen(watched, tickMs);
    // Planned steps are there before they start.
    if (isAtLeast(83)) assert.equal(watched.seen.get('report')?.[0]?.status, 'waiting');
    assert.match(watched.screen.join('\n'), /\b7\/7\b/);
    assert.equal(watched.exitCode, 0);
    assertAgreement(watched);
  });

  test('shows the second run as cached, with the steps that it was served from', async () => {
    const watched = await watchRun(server, 'success.py', ['--seconds', '3', '--cache'], successSteps, 'completed');
    assert.deepEqual(
      successSteps.map(name => watched.seen.get(name)?.at(-1)?.status),
      successSteps.map(() => 'cached'),
    );
    assert.ok(watched.said.steps.every(step => step.cache.from !== null));
    assertAgreement(watched);
  });

  test('puts the exception of a failed step on the screen without a key', async () => {
    const names = ['prepare', 'explode', 'sibling', 'after_explosion', 'after_sibling'];
    const watched = await watchRun(server, 'failure.py', ['--seconds', '3'], names, 'failed');
    assertStatusesSeen(watched, tickMs);
    // Servers before 0.84.1 keep no exception.
    if (isAtLeast(84)) assert.match(watched.screen.join('\n'), /cannot share 7 among nobody/);
    assert.equal(watched.said.steps.find(({name}) => name === 'after_explosion')?.id, null);
    assert.equal(watched.exitCode, 0);
    assertAgreement(watched);
  });

  test('shows a step failing, waiting and succeeding at its last attempt', async () => {
    const counter = join(server.newFolder('counters'), 'succeeds');
    // Up to 0.83 `max_retries` counts the first attempt too.
    const retries = isAtLeast(84) ? '2' : '3';
    const args = ['--counter', counter, '--retries', retries, '--seconds', '3', '--delay', '3'];
    const watched = await watchRun(server, 'retry.py', args, ['fetch', 'flaky', 'use'], 'completed');
    assertStatusesSeen(watched, tickMs);
    if (isAtLeast(84)) {
      const shown = watched.seen.get('flaky')?.map(({status}) => status) ?? [];
      assert.ok(shown.filter(status => status === 'retrying').length >= 1, `flaky showed ${shown.join(', ')}`);
      assert.match(watched.screen.join('\n'), /flaky.*\b3\/3\b/);
    }
    assertAgreement(watched);
  });

  test('shows a step that failed at every attempt', async () => {
    const counter = join(server.newFolder('counters'), 'fails');
    const args = ['--counter', counter, '--failures', '9', '--retries', '1', '--seconds', '2'];
    const watched = await watchRun(server, 'retry.py', args, ['fetch', 'flaky', 'use'], 'failed');
    if (isAtLeast(84)) assert.match(watched.screen.join('\n'), /attempt 2 found nobody there/);
    assertAgreement(watched);
  });

  test.runIf(isAtLeast(92))('follows a dynamic pipeline whose steps are not known beforehand', async () => {
    const watched = await watchRun(server, 'dynamic.py', ['--items', '8', '--seconds', '2'], ['gather'], 'completed');
    assert.equal(watched.said.steps.length, 10);
    assert.match(watched.screen.join('\n'), /\b10\/10\b/);
    assertAgreement(watched);
  });

  test.runIf(isAtLeast(93))('loses none of many mapped steps', async () => {
    const watched = await watchRun(server, 'dynamic.py', ['--items', '60', '--seconds', '1'], [], 'completed');
    assert.equal(watched.said.steps.filter(({group}) => group?.type === 'map').length, 60);
    assertAgreement(watched);
  });
});
