import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'vitest';
import {copyWith, findInMenu, press, runInShell} from './support/actions.js';
import {call, getRunBody, getStepRow} from './support/call.js';
import type {ZenmlServer} from './support/server.js';
import {setUpServer} from './support/set-up-server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

describe.runIf(isAtLeast(95))(`the menu of actions, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  const open = setUpServer(started => {
    server = started;
  });

  const runToEnd = async (file: string, ...args: readonly string[]): Promise<string> => {
    const {id, done} = await server.startRun(file, args);
    await done;
    return id;
  };

  const fetchStatuses = async (id: string): Promise<Record<string, string>> =>
    Object.fromEntries((await server.readTruth(id)).steps.map(({name, status}) => [name, status]));

  test('expires the cache of the original of a cached step, so that the next run does the work again', async () => {
    const firstId = await runToEnd('cache_reasons.py');
    const secondId = await runToEnd('cache_reasons.py');
    assert.equal((await fetchStatuses(secondId))['source'], 'cached');
    const terminal = open(secondId);
    const {waitFor} = terminal;
    await waitFor(/^ *✓ completed/m);
    press(terminal, 'home');
    await waitFor(/› \S source [\s\S]*from +#\d+/);
    press(terminal, await findInMenu(terminal, 'expire the cache'));
    await waitFor(/Expire the cache of source\?/);
    await waitFor(/cannot be undone/);
    press(terminal, 'y');
    await waitFor(/expired the cache of source/);
    await findInMenu(terminal, 'expire the cache +its cache has expired');

    assert.notEqual((await getStepRow(server, firstId, 'source')).metadata.cache_expires_at, null);
    const thirdStatuses = await fetchStatuses(await runToEnd('cache_reasons.py'));
    assert.equal(thirdStatuses['source'], 'completed');
    // The new output of `source` is the same, so `scale` is served from the cache.
    assert.equal(thirdStatuses['scale'], 'cached');
  });

  test('adds and removes tags', async () => {
    const terminal = open(await runToEnd('cache_reasons.py'));
    const {waitFor} = terminal;
    const change = async (tags: string, question: RegExp) => {
      await waitFor(/^ *✓ completed/m);
      press(terminal, await findInMenu(terminal, 'change tags'));
      await waitFor(/tags \(-old removes\)/);
      press(terminal, ...[...tags].map(key => (key === ' ' ? 'space' : key)), 'enter');
      await waitFor(question);
      press(terminal, 'y');
    };
    await change('nightly gpu', /Add the tags nightly, gpu to cache_pipeline #\d+\?/);
    await waitFor(/added the tags nightly, gpu/);
    await change('-gpu -never', /Remove the tags gpu, never from cache_pipeline #\d+\?/);
    await waitFor(/removed the tags gpu, never/);
    press(terminal, 'i');
    await waitFor(/tags +nightly(?!.*gpu)/);
  });

  test('has commands that retry and replay a failed dynamic run', async () => {
    const id = await runToEnd('dynamic.py', '--items', '2', '--seconds', '0', '--fail', '1');
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/^ *✗ failed/m);
    const replay = await copyWith(terminal, await findInMenu(terminal, 'replay \\(in a file\\) +a new run'));
    const retry = await copyWith(terminal, await findInMenu(terminal, 'retry'));
    const retried = await runInShell(server, retry);
    // A step that failed for good is not run again: the run fails again.
    assert.match(retried.output + retried.errors, /Failed to retry pipeline run: Step `map:work:1` failed\./);
    assert.equal((await getRunBody(server, id)).status, 'failed');

    const script = join(server.createFolder('scripts'), 'again.py');
    writeFileSync(script, replay);
    await runInShell(server, `PYTHONPATH=. python ${script}`);
    const {body} = await call(server, 'GET', 'runs?size=1&sort_by=desc:created&hydrate=true');
    const [latest] = body['items'] as {id: string; resources: {original_run: {id: string} | null}}[];
    assert.equal(latest?.resources.original_run?.id, id);
    assert.match(JSON.stringify(await fetchStatuses(latest.id)), /"list_items":"skipped"/);
  });
});
