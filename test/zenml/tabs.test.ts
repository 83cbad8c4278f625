import assert from 'node:assert/strict';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {getKeyBytes} from '../support/key-bytes.js';
import type {Terminal} from '../support/pty.js';
import {watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {createEndPattern} from './support/watched-run.js';

describe(`the tabs of a step on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let terminal: Terminal | undefined;
  let runId: string;

  const runToEnd = async (file: string, ...args: readonly string[]): Promise<string> => {
    const {id, done} = await server.startRun(file, args);
    await done;
    return id;
  };

  /** Opens a run that has ended, selects the step, and shows its details in full screen. */
  const openStep = async (id: string, step: string, stepsBefore: number): Promise<Terminal> => {
    terminal = watch(server, [id]);
    await terminal.waitFor(createEndPattern('completed'));
    await terminal.waitFor(step);
    press(terminal, 'home', ...Array.from({length: stepsBefore}, () => 'j'), 'enter');
    await terminal.waitFor(new RegExp(`^ ${step} .*completed`, 'm'));
    return terminal;
  };

  const press = ({type}: Terminal, ...keys: readonly string[]) => {
    for (const key of keys) {
      type(getKeyBytes(key));
    }
  };

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    await runToEnd('metrics.py');
    runId = await runToEnd('metrics.py', '--lr', '0.02', '--epochs', '5');
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => terminal?.kill('SIGKILL'));

  test('logged values are shown with their change since the previous run', async () => {
    const {type, waitFor} = await openStep(runId, 'train', 1);
    type('3');
    const screen = (await waitFor(/changes since/)).join('\n');
    assert.match(screen, /loss +0\.002 +\+0\.000333 \(\+20%\)/);
    assert.match(screen, /epochs +5 +\+2 \(\+67%\)/);
    assert.match(screen, /accuracy +0\.998 +-0\.001 \(-0\.1%\)/);
    assert.match(screen, /converged +true +was false/);
  });

  test('inputs show their origin, and lead to the step that wrote them and back', async () => {
    const opened = await openStep(runId, 'train', 1);
    opened.type('2');
    const screen = (await opened.waitFor(/4 inputs/)).join('\n');
    assert.match(screen, /features +features:\d+ +list.* from load/);
    assert.match(screen, /weights +external_.* external/);
    assert.match(screen, /thresholds +thresholds:\d+ +list.* lazy/);
    press(opened, 'enter');
    await opened.waitFor(/^ load .*cached/m);
    press(opened, 'backspace');
    await opened.waitFor(/^ train .*completed/m);
  });

  test('outputs show which steps read them, and lead there', async () => {
    const opened = await openStep(runId, 'train', 1);
    opened.type('3');
    await opened.waitFor(/1 output\n.*used by +evaluate +completed/s);
    for (let presses = 0; presses < 40 && !opened.screen().some(line => /^›.*evaluate/.test(line)); presses++) {
      press(opened, 'j');
      await opened.settle();
    }

    press(opened, 'enter');
    await opened.waitFor(/^ evaluate .*completed/m);
  });

  test('the configuration contains parameters, resources and inherited settings', async () => {
    const opened = await openStep(runId, 'train', 1);
    opened.type('4');
    const screen = (await opened.waitFor(/parameters +2 entries/)).join('\n');
    assert.match(screen, /lr +0\.02/);
    assert.match(screen, /resources +\d+ entries\n +cpu_count +2/);
    press(opened, '/', ...'reviewers');
    await opened.waitFor(/extra +1 entry *\n +reviewers +\["ada", "grace"\]/);
  });

  // Before 0.84 the server stores one row for all attempts, and no exception.
  test.skipIf(!isAtLeast(84))('previous attempts show why they failed, and each has tabs of its own', async () => {
    const counter = join(server.createFolder('counters'), 'tabs');
    const id = await runToEnd('retry.py', '--counter', counter, '--seconds', '0', '--delay', '0');
    const opened = await openStep(id, 'flaky', 1);
    await opened.waitFor(/2 attempts failed.*found nobody there/s);
    opened.type('<');
    await opened.waitFor(/^ flaky attempt 2 .*retried/m);
    opened.type('2');
    await opened.waitFor(/^ flaky attempt 2 .*1 input *\n.*size +size:1/ms);
    opened.type('3');
    await opened.waitFor(/no outputs/);
  });
});
