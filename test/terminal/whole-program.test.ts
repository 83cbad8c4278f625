import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {afterEach, test} from 'vitest';
import {startDemoServer} from '../support/demo-server.js';
import {startFaultProxy} from '../support/fault-proxy.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {isThorough} from '../support/test-mode.js';
import {createFolder, startShell} from './support/watching.js';

const program = resolve('bin/zentop.js');

let terminal: Terminal | undefined;
afterEach(() => terminal?.kill('SIGKILL'));

const ways: readonly (readonly [how: string, leave: (zentop: Terminal, pid: number) => void, code: number])[] = [
  ['q', zentop => zentop.type('q'), 0],
  ['ctrl-c', zentop => zentop.type('\x03'), 130],
  ['SIGINT', (_, pid) => process.kill(pid, 'SIGINT'), 130],
  ['SIGTERM', (_, pid) => process.kill(pid, 'SIGTERM'), 143],
  ['SIGQUIT', (_, pid) => process.kill(pid, 'SIGQUIT'), 131],
  ['SIGHUP', (_, pid) => process.kill(pid, 'SIGHUP'), 129],
];

/** One key and one signal represent the others. */
const sample = isThorough ? ways : ways.filter(([how]) => how === 'q' || how === 'SIGTERM');

for (const [how, leave, code] of sample) {
  test(`restores the terminal and exits with ${code} after ${how}`, async () => {
    const home = createFolder();
    terminal = await startShell([100, 30], {HOME: home, ZENML_CONFIG_PATH: home});
    terminal.type(`stty -a > ${home}/before; node ${program} demo & echo $! > ${home}/pid; fg > /dev/null; `);
    terminal.type(`echo code=$?; stty -a > ${home}/after; diff ${home}/before ${home}/after && echo same line\r`);
    await terminal.waitFor(/live|● \d/);
    leave(terminal, Number(readFileSync(`${home}/pid`, 'utf8')));
    await terminal.waitFor(/^same line$/m);
    assert.match(terminal.screen().join('\n'), new RegExp(`code=${code}$`, 'm'));
    assert.equal(terminal.model.buffer.active.type, 'normal');
    assert.equal(terminal.model.modes.mouseTrackingMode, 'none');
    const bytes = terminal.rawBytes().toString('utf8');
    assert.ok(bytes.lastIndexOf('\x1b[?25h') > bytes.lastIndexOf('\x1b[?25l'), 'the cursor is shown');
  });
}

test('--no-alt-screen: the final message starts on a line of its own', async () => {
  const home = createFolder();
  terminal = startTerminal({
    command: process.execPath,
    args: [program, 'demo', '--no-alt-screen'],
    cols: 80,
    rows: 15,
    env: {HOME: home, ZENML_CONFIG_PATH: home},
  });
  await terminal.waitFor('q quit');
  terminal.type('q');
  const {code} = await terminal.exit;
  assert.equal(code, 0);
  assert.match(terminal.screen().join('\n'), /q quit\ntraining_pipeline #42 \w+/);
});

test('shows when the connection to the server is lost, and when it is back', async () => {
  const server = await startDemoServer({scenario: 'training'});
  const proxy = await startFaultProxy(server.url);
  const home = createFolder();
  terminal = startTerminal({
    command: process.execPath,
    // The timeout is longer than a timer of Node can be.
    args: [program, server.runId, '--timeout', '30d'],
    cols: 120,
    rows: 30,
    env: {HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: proxy.url},
  });
  await terminal.waitFor('live');
  await proxy.close();
  const stale = await terminal.waitFor(/stale \d+s.*connection refused/);
  assert.ok(stale.join('\n').includes('train'), 'the steps are still shown');
  await proxy.open();
  await terminal.waitFor('live');
  terminal.type('q');
  assert.equal((await terminal.exit).code, 0);
  await proxy.stop();
  await server.close();
});

test('inserts pasted text into the filter, with a space for its line break, and treats none of it as keys', async () => {
  const home = createFolder();
  terminal = startTerminal({
    command: process.execPath,
    args: [program, 'demo'],
    cols: 120,
    rows: 30,
    env: {HOME: home, ZENML_CONFIG_PATH: home},
  });
  await terminal.waitFor('live');
  terminal.type('/');
  await terminal.waitFor('enter keep');
  terminal.type('\x1b[200~load\rq\x1b[201~');
  await terminal.waitFor('/load q_');
  terminal.type('\x03');
  await terminal.exit;
});
