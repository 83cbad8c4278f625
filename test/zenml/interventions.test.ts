import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'vitest';
import {startClockProxy} from '../support/clock-proxy.js';
import {startCountingProxy} from '../support/counting-proxy.js';
import {copyWith, findInMenu, press, runInShell} from './support/actions.js';
import {call, getRunBody, listSteps, waitForRun} from './support/call.js';
import {startHeldRun} from './support/held-run.js';
import {startWithOrchestrator} from './support/orchestrator.js';
import {run} from './support/program.js';
import type {ZenmlServer} from './support/server.js';
import {setUpServer} from './support/set-up-server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

/** Stops and refreshes runs as a user does, in the situations for which `contract.test.ts` makes the calls directly. */
describe.runIf(isAtLeast(95))(`stopping a run, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  const open = setUpServer(started => {
    server = started;
  });

  test('gracefully: x and y stop a run once, its step finishes, and the rest does not run', async () => {
    const {id, done, release} = await startHeldRun(server, 'gracefully', 4);
    const proxy = await startCountingProxy(server.url);
    const terminal = open(id, proxy.url);
    const {waitFor} = terminal;
    // A step may be running before the run itself is known to be, and only a running run can be stopped.
    await waitFor(/run #\d+ +running/);
    press(terminal, 'i');
    await waitFor(/runs on +\S+ · local/);
    press(terminal, 'R');
    await waitFor(/a local orchestrator cannot report the status of a run/);
    press(terminal, 'x');
    await waitFor(/Stop slow_pipeline #\d+ gracefully\?/);
    const shown = (await waitFor(/stage_01 is running and will finish first/)).join('\n');
    assert.match(shown, /no further steps start: 3 waiting steps will not run/);
    assert.match(shown, new RegExp(`${proxy.url}, project default`));
    const command = await copyWith(terminal, 'c');
    assert.equal(command, `zenml pipeline runs stop ${id} -g`);
    press(terminal, 'y');
    await waitFor(/run #\d+ +stopping/);
    press(terminal, 'x');
    await waitFor(/the run is already stopping/);
    release();
    await waitFor(/^ *⊡ stopped[\s\S]*not run/m);
    press(terminal, 'x');
    await waitFor(/the run is over \(stopped\)/);
    await done;
    await proxy.stop();
    const writes = proxy.exchanges.filter(({method}) => method !== 'GET');
    assert.deepEqual(
      writes.map(({path}) => path),
      [`/api/v1/runs/${id}/stop?graceful=true`],
    );
    // This server has no event broker, so the stream is requested only once.
    const streams = proxy.exchanges.filter(({path}) => path.includes('/events/stream'));
    assert.deepEqual(
      streams.map(({status}) => status),
      [501],
    );
    const [first] = await listSteps(server, id);
    assert.equal(first?.body.status, 'completed');
    assert.match((await run(server, ['stop', id, '--yes'])).errors, /the run is over \(stopped\)/);
  });

  test('by force: a local orchestrator cannot do that, and the run stops gracefully', async () => {
    const {id, done} = await server.startRun('dynamic.py', ['--items', '4', '--seconds', '4']);
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/run #\d+ +running/);
    press(terminal, 'X');
    await waitFor(/Stop dynamic_pipeline #\d+ by force\?[\s\S]*Type force and press enter/);
    press(terminal, 'y', 'enter');
    await waitFor(lines => !lines.some(line => line.includes('by force?')));
    assert.equal((await getRunBody(server, id)).status, 'running');
    press(terminal, 'X', ...'force', 'enter');
    await waitFor(/LocalOrchestrator cannot force a stop\. The run is stopping gracefully/);
    await waitFor(/^ *⊡ stopped/m);
    await done;
    assert.equal((await getRunBody(server, id)).status, 'stopped');
  });

  test('a parent: the confirmation says that child runs are not stopped, and they are not', async () => {
    // A child run may be noticed only 15 s after its start, and must still be running then.
    const {id, done} = await server.startRun('dynamic.py', ['--items', '1', '--seconds', '20', '--nested']);
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/1 child run/);
    press(terminal, 'x');
    await waitFor(/child runs are not stopped/);
    press(terminal, 'y');
    await waitFor(/run #\d+ +stopping/);
    const {body} = await call(server, 'GET', `runs?parent_run_id=${id}`);
    const [child] = body['items'] as {id: string; body: {status: string}}[];
    assert.notEqual(child?.body.status, 'stopping');
    // The parent has nothing left to do when the child run, its last step, is over.
    await waitFor(/^ *\S (?:stopped|completed)/m);
    await done;
    assert.equal((await getRunBody(server, child?.id ?? '')).status, 'completed');
  });

  test('an initializing run cannot be stopped, as the screen says; nor can one that is stopped elsewhere while the user confirms', async () => {
    const {id, done} = await server.startRun('late.py', ['--seconds', '12']);
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/initializing/);
    press(terminal, 'x');
    await waitFor(/the orchestrator does not know the run yet; try again in a moment/);
    await waitFor(/run #\d+ +running/);
    press(terminal, 'x');
    await waitFor(/gracefully\?/);
    assert.equal((await call(server, 'POST', `runs/${id}/stop?graceful=true`)).status, 200);
    press(terminal, 'y');
    await waitFor(/already (?:being stopped|stopping)/);
    await waitFor(/^ *⊡ stopped/m);
    await done;
  });

  test('a failed run whose other branches are running cannot be stopped, nor can one that is over', async () => {
    const {id, done} = await server.startRun('failure.py', ['--seconds', '4']);
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/failed, \d steps? still running/);
    press(terminal, 'x');
    await waitFor(/the run has failed, and ZenML cannot stop what is still running in it/);
    await waitFor(/∎ ended/);
    press(terminal, 'x');
    await waitFor(/the run is over \(failed\)/);
    await done;
  });

  test('a run whose process was killed: the confirmation says that it would stay stopping, and the menu has the code that ends it', async () => {
    const {id, child, done} = await server.startRun('slow.py', ['--steps', '2', '--seconds', '300']);
    await waitForRun(server, id, ({status}) => status === 'running');
    const pid = child.pid;
    assert.ok(pid !== undefined);
    // The server's clock seems to be a quarter of an hour ahead.
    const addQuarterHour = (at: number) => at + 900_000;
    const proxy = await startClockProxy(server.url, {getDate: addQuarterHour, getWrittenAt: at => at});
    try {
      const terminal = open(id, proxy.url);
      const {waitFor} = terminal;
      await waitFor(/stage_01 .*running/);
      child.kill('SIGKILL');
      await done;
      await waitFor(/running\?/);
      press(terminal, 'x');
      await waitFor(/the run's process seems to have died: the run would stay “stopping”/);
      press(terminal, 'y');
      await waitFor(/stopping[\s\S]*the run's process may be gone/);
      const code = await copyWith(terminal, await findInMenu(terminal, 'end a dead run'));
      const script = join(server.createFolder('scripts'), 'end.py');
      writeFileSync(script, code);
      const ended = await runInShell(server, `python ${script}`);
      assert.equal(ended.code, 0, ended.errors);
      await waitFor(/^ *⊡ stopped/m);
    } finally {
      await proxy.stop();
    }
  });

  test('an orchestrator whose integration the server lacks: the screen shows the command to run on a machine that has it', async () => {
    const {id, done} = await startWithOrchestrator(server, 'kubernetes');
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/run #\d+ +running/);
    press(terminal, 'x', 'y');
    const shown = (await waitFor(/its kubernetes integration is not installed there/)).join('\n');
    assert.match(shown, new RegExp(`zenml pipeline runs stop ${id} -g`));
    press(terminal, 'esc');
    await waitFor(/run #\d+ +running/);
    press(terminal, 'R');
    await waitFor(/Refresh slow_pipeline #\d+ from its orchestrator\?/);
    press(terminal, 'y');
    await waitFor(new RegExp(`not installed there[\\s\\S]*zenml pipeline runs refresh ${id}`));
    assert.equal((await getRunBody(server, id)).status, 'running');
    await done;
  });

  test('an orchestrator of a flavor that the server cannot load: a refresh reports that the server cannot reach it', async () => {
    const flavor = {type: 'orchestrator', config_schema: {}, source: 'mine.MyFlavor', integration: null};
    await call(server, 'POST', 'flavors', {...flavor, name: 'mine', is_custom: true});
    const {id, done} = await startWithOrchestrator(server, 'mine');
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/run #\d+ +running/);
    press(terminal, 'R');
    await waitFor(/Refresh slow_pipeline #\d+ from its orchestrator\?/);
    press(terminal, 'y');
    await waitFor(/The server cannot reach this orchestrator/);
    await done;
  });
});
