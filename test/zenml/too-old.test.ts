import assert from 'node:assert/strict';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {type CountingProxy, startCountingProxy} from '../support/counting-proxy.js';
import type {Terminal} from '../support/pty.js';
import {findInMenu, press, watchToAct} from './support/actions.js';
import {buildSettings, run} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

/** Servers that cannot stop local runs, and whose runs cannot ask questions. */
describe.skipIf(isAtLeast(93))(`changing a run, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let proxy: CountingProxy;
  let terminal: Terminal | undefined;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    proxy = await startCountingProxy(server.url);
  }, 900_000);
  afterEach(() => terminal?.kill('SIGKILL'));
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

  const listWrites = () => proxy.exchanges.filter(({method}) => method !== 'GET').map(({path}) => path);

  test('says in advance what this server cannot do, and sends no requests for it', async () => {
    // The run lasts until it is killed.
    const {id, child, done} = await server.startRun('slow.py', ['--steps', '2', '--seconds', '600']);
    const shown = watchToAct(server, id, proxy.url);
    terminal = shown;
    await shown.waitFor(/running[\s\S]*stage_01/);
    press(shown, 'i');
    await shown.waitFor(/runs on +\S+ · local/);
    const cannotStop = isAtLeast(84)
      ? 'cannot stop local runs: that needs ZenML 0.93'
      : 'cannot stop runs: that needs ZenML 0.84';
    const cannotRefresh = isAtLeast(84)
      ? 'a local orchestrator cannot report the status of a run'
      : 'cannot refresh runs on request: that needs ZenML 0.84';
    const cannotAsk = `runs on this server (${zenmlVersion}) cannot ask questions: that needs ZenML 0.94.1`;
    for (const [key, words] of [
      ['x', cannotStop],
      ['a', cannotAsk],
      ['X', cannotStop],
      ['R', cannotRefresh],
    ] as const) {
      press(shown, key);
      await shown.waitFor(words);
    }

    press(shown, 'g', 'j');
    await findInMenu(shown, 'answer the question');
    const menu = shown.screen().join('\n');
    assert.ok(menu.includes(cannotAsk), menu);
    assert.ok(menu.includes(cannotStop), menu);
    assert.ok(menu.includes(cannotRefresh), menu);
    // Choosing an action that this server does not support opens nothing.
    press(shown, '1', '2', '3', '4', '5');
    await shown.waitFor(
      /cannot expire cached steps[\s\S]*cannot expire cached steps|no outputs that could be reused[\s\S]*no outputs/,
    );
    press(shown, 'q');
    await shown.waitFor(/run slow_pipeline +running/);

    const settings = buildSettings(server, {ZENML_STORE_URL: proxy.url});
    const stopped = await run(server, ['stop', id, '--yes'], settings);
    assert.equal(stopped.code, 1, stopped.errors);
    assert.ok(stopped.errors.includes(cannotStop), stopped.errors);
    const answered = await run(server, ['answer', id, 'yes', '--yes'], settings);
    assert.equal(answered.code, 4, answered.errors);
    assert.match(answered.errors, /runs cannot ask questions: that needs ZenML 0\.94\.1/);
    assert.ok(proxy.exchanges.length > 0);
    assert.deepEqual(listWrites(), []);

    // A tag can be added everywhere.
    press(shown, await findInMenu(shown, 'change tags'));
    await shown.waitFor(/tags \(-old removes\)/);
    press(shown, ...'nightly', 'enter');
    await shown.waitFor(/Add the tag nightly to slow_pipeline/);
    press(shown, 'y');
    await shown.waitFor(/added the tag nightly/);
    assert.equal(listWrites().length, 1);
    press(shown, 'i');
    await shown.waitFor(/tags +nightly/);
    child.kill('SIGKILL');
    await done;
  });
});
