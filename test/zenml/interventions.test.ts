import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {keyBytes} from '../support/key-bytes.js';
import {run, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

describe(`changing a run, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  const press = (terminal: ReturnType<typeof watch>, ...keys: readonly string[]) =>
    terminal.type(keys.map(keyBytes).join(''));

  test.runIf(isAtLeast(93))(
    'stops a run gracefully with x and y, after which the server refuses another stop',
    async () => {
      const {id, done} = await server.startRun('slow.py', ['--steps', '6', '--seconds', '3']);
      const terminal = watch(server, [id]);
      // A step may be running before the server reports that the run is, and only a running run can be stopped.
      await terminal.waitFor(/run #\d+ +running/);
      press(terminal, 'x');
      await terminal.waitFor(/Stop slow_pipeline #\d+ gracefully\?/);
      press(terminal, 'y');
      await terminal.waitFor(/stopping/);
      const again = await run(server, ['stop', id, '--yes']);
      assert.equal(again.code, 1);
      assert.match(again.errors, /already stopping|is over/);
      await terminal.waitFor(/⊡ stopped|stopped/);
      terminal.kill();
      await done;
      const late = await run(server, ['stop', id, '--yes']);
      assert.match(late.errors, /the run is over \(stopped\)/);
    },
  );

  test.runIf(!isAtLeast(93))('says beforehand what this server cannot do, and sends nothing', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '3', '--seconds', '3']);
    const terminal = watch(server, [id]);
    await terminal.waitFor(/running[\s\S]*stage_01/);
    press(terminal, 'a');
    await terminal.waitFor(/runs on this server \(\S+\) cannot ask questions: that needs ZenML 0\.94\.1/);
    if (isAtLeast(84)) {
      press(terminal, 'i');
      await terminal.waitFor(/runs on +\S+ · local/);
      press(terminal, 'x');
      await terminal.waitFor(/cannot stop local runs: that needs ZenML 0\.93/);
      press(terminal, 'R');
      await terminal.waitFor(/a local orchestrator cannot report the status of a run/);
    } else {
      press(terminal, 'x');
      await terminal.waitFor(/cannot stop runs: that needs ZenML 0\.84/);
      press(terminal, 'R');
      await terminal.waitFor(/cannot refresh runs from here: that needs ZenML 0\.84/);
      const stopped = await run(server, ['stop', id, '--yes']);
      assert.equal(stopped.code, 1);
      assert.match(stopped.errors, /cannot stop runs: that needs ZenML 0\.84/);
    }

    terminal.kill();
    await done;
    const late = await run(server, ['answer', id, 'yes', '--yes']);
    assert.match(late.errors, /runs can ask from ZenML 0\.94\.1 on/);
  });

  test.runIf(isAtLeast(93))('reports that a local orchestrator cannot be forced, and the run stops', async () => {
    const {id, done} = await server.startRun('slow.py', ['--steps', '6', '--seconds', '3']);
    const terminal = watch(server, [id]);
    await terminal.waitFor(/run #\d+ +running/);
    terminal.kill();
    const forced = await run(server, ['stop', id, '--force', '--yes']);
    assert.equal(forced.code, 0, forced.errors);
    assert.match(forced.output, /LocalOrchestrator cannot be forced\. The run is stopping gracefully/);
    await done;
  });

  test.runIf(isAtLeast(95))('answers the question of a run with a, and the run completes', async () => {
    const {id, done} = await server.startRun('approval.py', []);
    const terminal = watch(server, [id]);
    await terminal.waitFor(/waiting for input: Release to production\?/);
    const wrong = await run(server, ['answer', id, 'maybe', '--yes']);
    assert.equal(wrong.code, 2);
    press(terminal, 'a', 'right', 'enter');
    await terminal.waitFor(/Answer true and continue/);
    press(terminal, 'y');
    await terminal.waitFor(/completed[\s\S]*release/);
    terminal.kill();
    await done;
    const late = await run(server, ['answer', id, 'yes', '--yes']);
    assert.equal(late.code, 1);
    assert.match(late.errors, /has no pending question/);
  });

  test.runIf(isAtLeast(95))('aborts the question of a run with zentop stop', async () => {
    const {id, done} = await server.startRun('approval.py', []);
    const terminal = watch(server, [id]);
    await terminal.waitFor(/waiting for input: Release/);
    const {code, output} = await run(server, ['stop', id, '--yes']);
    assert.deepEqual({code, output}, {code: 0, output: 'Aborted the question; the run is stopped.\n'});
    await terminal.waitFor(/Wait condition was aborted/);
    terminal.kill();
    await done;
  });
});
