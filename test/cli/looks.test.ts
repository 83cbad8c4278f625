import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startTerminal} from '../support/pty.js';
import {createServerClock} from '../support/server-clock.js';
import {createFolder} from '../terminal/support/watching.js';
import {runProgram} from './support/program.js';

const esc = '\x1b';
const color = /\x1b\[(?:[\d;]*;)?(?:3[0-8]|9[0-7])[;m]/;

describe('text styles', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer({scenario: 'failure', speed: 60});
  });
  afterAll(() => server.close());

  /** All bytes that the program writes to a terminal until it exits. */
  const runInTerminal = async (env: Record<string, string>, ...args: readonly string[]): Promise<string> => {
    const home = createFolder();
    const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const terminal = startTerminal({
      // The pseudo-terminal overwrites TERM, so `env` sets it again.
      command: 'env',
      args: [...assignments, process.execPath, 'bin/zentop.js', server.runId, ...args],
      cols: 100,
      rows: 30,
      env: {HOME: home, XDG_CONFIG_HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: server.url},
    });
    await terminal.exit;
    return terminal.rawBytes().toString('utf8');
  };
  const runInPipe = async (env: Record<string, string>) =>
    (await runProgram(server, [server.runId, '--once'], env)).output;

  test('uses colors in a terminal, and with NO_COLOR or --no-color styles without colors', async () => {
    const env = {TERM: 'xterm-256color'};
    assert.match(await runInTerminal(env, '--once'), color);
    for (const text of [
      await runInTerminal({...env, NO_COLOR: '1'}, '--once'),
      await runInTerminal(env, '--once', '--no-color'),
    ]) {
      assert.doesNotMatch(text, color);
      assert.ok(text.includes(`${esc}[`));
    }
  });

  test('uses no colors in a pipe, except with FORCE_COLOR', async () => {
    assert.ok(!(await runInPipe({TERM: 'xterm-256color'})).includes(esc));
    assert.match(await runInPipe({FORCE_COLOR: '1'}), color);
  });

  test('writes no control sequences with TERM=dumb', async () => {
    const text = await runInTerminal({TERM: 'dumb'});
    assert.ok(!text.includes(esc), text);
    assert.match(text, /convert_amounts/);
  });

  test('writes ASCII if the locale is not UTF-8', async () => {
    assert.match(await runInTerminal({TERM: 'xterm', LANG: 'C.UTF-8'}, '--once'), /[^\x00-\x7f]/);
    assert.doesNotMatch(await runInTerminal({TERM: 'xterm', LC_ALL: 'C'}, '--once'), /[^\x00-\x7f]/);
    assert.doesNotMatch(await runInTerminal({TERM: 'xterm', LANG: 'de_DE.ISO-8859-1'}, '--once'), /[^\x00-\x7f]/);
  });
});

describe('for a screen reader', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer({scenario: 'training'});
  });
  afterAll(() => server.close());

  const startForScreenReader = (url: string, args: readonly string[], env: Record<string, string> = {}) => {
    const home = createFolder();
    return startTerminal({
      command: process.execPath,
      args: ['bin/zentop.js', '--server', url, ...args],
      cols: 200,
      rows: 90,
      env: {HOME: home, XDG_CONFIG_HOME: home, ZENML_CONFIG_PATH: home, ...env},
    });
  };

  /** Checks that nothing moves the cursor, clears or switches screens. */
  const assertLinear = (bytes: Buffer): void => {
    const text = bytes.toString('utf8').replace(/\x1b\[[\d;]*m/g, '');
    assert.ok(!text.includes(esc), JSON.stringify(text));
  };

  for (const [how, args, env] of [
    ['--screen-reader', ['--screen-reader'], {}],
    ['INK_SCREEN_READER=1', [], {INK_SCREEN_READER: '1'}],
    ['INK_SCREEN_READER=TRUE', [], {INK_SCREEN_READER: 'TRUE'}],
  ] as const) {
    test(`${how}: prints only lines, prints the state when Enter is pressed, and quits with q`, async () => {
      const terminal = startForScreenReader(server.url, [server.runId, ...args], env);
      await terminal.waitFor(/Press Enter for the state[\s\S]*step deploy_canary waiting/);
      terminal.type('\r');
      await terminal.waitFor(/^ *1\. load_transactions +\w+[\s\S]*^ *14\. /m);
      terminal.type('q\r');
      assert.equal((await terminal.exit).code, 0);
      assertLinear(terminal.rawBytes());
    });
  }

  test('prints a step by its number or a part of its name, even after the run has ended', async () => {
    const {clock, pass} = createServerClock();
    const failing = await startDemoServer({scenario: 'failure', clock});
    try {
      const terminal = startForScreenReader(failing.url, [failing.runId, '--screen-reader', '--exit-status']);
      await terminal.waitFor(/Press Enter for the state/);
      pass(3_600_000);
      await terminal.waitFor(/The run has ended; type q to quit/);
      terminal.type('convert\r');
      await terminal.waitFor(/^convert_amounts failed[\s\S]*trace[\s\S]*inputs[\s\S]*end of the log:\n.*\S/m);
      terminal.type('1\r');
      await terminal.waitFor(/^fetch_model completed/m);
      terminal.type('load\r');
      await terminal.waitFor(/^“load” matches several steps: load_batch, load_rates\./m);
      terminal.type('xyz\r');
      await terminal.waitFor(/^No step “xyz”/m);
      terminal.type('timeline\r');
      await terminal.waitFor(/^critical path: [\s\S]*^convert_amounts .*status failed/m);
      terminal.type('graph\r');
      await terminal.waitFor(/^fetch_model .*feeds /m);
      terminal.type('?\r');
      await terminal.waitFor(/^q or Ctrl-C: quit/m);
      terminal.type('q\r');
      assert.equal((await terminal.exit).code, 1);
      assertLinear(terminal.rawBytes());
    } finally {
      await failing.close();
    }
  });

  test('exits when the run ends if the input is not a terminal', async () => {
    const failing = await startDemoServer({scenario: 'failure', speed: 60});
    try {
      const {code, output} = await runProgram(failing, [failing.runId, '--screen-reader']);
      assert.equal(code, 1);
      assert.match(output, /end .* failed/);
    } finally {
      await failing.close();
    }
  });
});
