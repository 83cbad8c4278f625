import assert from 'node:assert/strict';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {RunsDocument} from '../../src/report/runs-document.js';
import {getKeyBytes} from '../support/key-bytes.js';
import type {Terminal} from '../support/pty.js';
import {requestServer} from './support/account.js';
import {startProgram} from './support/child.js';
import {buildSettings, run, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

/** How many copies of a run are made, in addition to the few real runs. */
const cloneCount = 300;
const hasChildRuns = isAtLeast(95);

describe(`the runs of a project on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    for (const [file, ...args] of [
      ['success.py', '--seconds', '0.2', '--cache'],
      ['failure.py', '--seconds', '0.2'],
      ...(hasChildRuns ? [['dynamic.py', '--items', '4', '--seconds', '0.5', '--nested']] : []),
    ] as const) {
      await server.runPipeline(file ?? '', args).done;
    }

    const database = join(server.createFolder('stores'), 'default_zen_store', 'zenml.db');
    const script = new URL('support/clone_runs.py', import.meta.url).pathname;
    const {code, errors} = await startProgram(server.python, [script, database, String(cloneCount)], {
      cwd: server.createFolder('elsewhere'),
      env: {},
    }).done;
    assert.equal(code, 0, errors);
  }, 900_000);
  afterAll(() => server?.stop());

  const listRuns = async (...args: readonly string[]): Promise<RunsDocument> => {
    const {code, output, errors} = await run(server, ['runs', '--output', 'json', ...args]);
    assert.equal(code, 0, errors);
    return JSON.parse(output) as RunsDocument;
  };

  type ServerRun = {readonly id: string; readonly name: string; readonly body: {readonly status: string}};
  const fetchFromServer = async (
    query: string,
  ): Promise<{readonly items: readonly ServerRun[]; readonly total: number}> =>
    (await requestServer(server.url, undefined, `/runs?sort_by=desc:created&${query}`)) as never;

  test('are listed as the server has them', async () => {
    const {runs, total} = await listRuns('--limit', '1000');
    const truth = await fetchFromServer('size=1000');
    assert.equal(total, truth.total);
    assert.deepEqual(
      runs.map(({id, name, status}) => ({id, name, status})),
      truth.items.map(({id, name, body}) => ({id, name, status: body.status})),
    );
    assert.ok(runs.every(({started_at, duration_s, user, pipeline}) => started_at && duration_s && user && pipeline));
  });

  test('are filtered as the server filters them', async () => {
    const failed = await listRuns('--status', 'failed', '--limit', '1000');
    assert.equal(failed.total, (await fetchFromServer('status=failed&size=1')).total);
    assert.ok(failed.runs.every(({status}) => status === 'failed'));
    const both = await listRuns('--status', 'failed,completed', '--pipeline', 'success_pipeline', '--user', 'me');
    assert.ok(both.total > cloneCount && both.runs.length === 20);
    assert.equal((await listRuns('--status', 'stopped')).total, 0);
  });

  /** The row with the cursor. */
  const getSelectedRow = (terminal: Terminal): string => terminal.screen().find(line => /^ ›/.test(line)) ?? '';
  const press = (terminal: Terminal, ...keys: readonly string[]): void => {
    for (const key of keys) {
      terminal.type(getKeyBytes(key));
    }
  };

  test('can be browsed on the screen: filtered by the server, paged, opened and left again', async () => {
    const terminal = watch(server, [], buildSettings(server), {cols: 120, rows: 24});
    const total = (await fetchFromServer('size=1')).total;
    await terminal.waitFor(screen => screen.join('\n').includes(`${total} runs`));
    press(terminal, '/', 'name', 'ctrl-u', 'clone-29');
    // clone-29 and clone-290 to clone-299, most of them beyond the first page.
    await terminal.waitFor(screen => /\/clone-29 {2}11 match(?! so far)/.test(screen.join('\n')));
    press(terminal, 'enter', 'G');
    await terminal.waitFor(() => /clone-299/.test(getSelectedRow(terminal)));
    press(terminal, 'enter');
    await terminal.waitFor(screen => /clone-299/.test(screen[0] ?? '') && /7m|\ds\s*$/.test(screen[1] ?? ''));
    press(terminal, 'esc');
    await terminal.waitFor(() => /clone-299/.test(getSelectedRow(terminal)));
    press(terminal, 'esc');
    await terminal.waitFor(screen => !screen.join('\n').includes('/clone-29'));
    // How long a page takes depends on the server.
    for (let presses = 0; presses < 300 && !getSelectedRow(terminal).includes('clone-300'); presses++) {
      press(terminal, 'pgdn');
      await pause(100);
    }

    assert.match(getSelectedRow(terminal), /clone-300/);
    press(terminal, 'q');
    assert.equal((await terminal.exit).code, 0);
  });

  test('can be marked and compared', async () => {
    const terminal = watch(server, [], buildSettings(server), {cols: 120, rows: 40});
    await terminal.waitFor(screen => /success_pipeline/.test(screen.join('\n')));
    press(terminal, '/', '!clone', 'enter', 'home', 'space', 'j', 'space', 'c');
    await terminal.waitFor(screen => /2 runs side by side[\s\S]*\bsteps\b/.test(screen.join('\n')));
    press(terminal, 'q');
    await terminal.exit;
  });

  test.runIf(hasChildRuns)(
    'include child runs, which open from the run that started them, and esc returns there',
    async () => {
      const terminal = watch(server, ['latest', '--pipeline', 'dynamic_pipeline'], buildSettings(server), {
        cols: 120,
        rows: 24,
      });
      await terminal.waitFor(screen => /↳ ch/.test(screen.join('\n')));
      press(terminal, 'G', 'enter');
      await terminal.waitFor(screen => /child_pipeline #1/.test(screen[0] ?? '') && /inner/.test(screen.join('\n')));
      press(terminal, 'esc');
      await terminal.waitFor(() => /↳ ch/.test(getSelectedRow(terminal)));
      press(terminal, 'esc');
      await terminal.waitFor(() => /dynamic_pipeline #1/.test(getSelectedRow(terminal)));
      press(terminal, 'q');
      assert.equal((await terminal.exit).code, 0);
    },
  );
});
