import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {afterEach, beforeEach, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createServerClock} from '../support/server-clock.js';
import {createFolder} from './support/watching.js';

const program = resolve('bin/zentop.js');

let server: DemoServer;
let terminal: Terminal | undefined;
beforeEach(async () => {
  server = await startDemoServer({scenario: 'failure', speed: 60});
});
afterEach(async () => {
  terminal?.kill('SIGKILL');
  await server.close();
});

/** Watches the run in a terminal with these settings. */
const open = (settings: string): Terminal => {
  const home = createFolder();
  mkdirSync(`${home}/zentop`);
  writeFileSync(`${home}/zentop/config.yaml`, settings);
  terminal = startTerminal({
    command: process.execPath,
    args: [program, server.runId],
    cols: 120,
    rows: 30,
    env: {HOME: home, XDG_CONFIG_HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: server.url},
  });
  return terminal;
};

const getBytes = (zentop: Terminal): string => zentop.rawBytes().toString('utf8');

test('uses custom keys, and shows them in the footer and in the help', async () => {
  const zentop = open('keys:\n  help.open: [z]\n  program.quit: [x]\n');
  await zentop.waitFor(/z help .*x quit/);
  zentop.type('q');
  zentop.type('z');
  await zentop.waitFor('select next step');
  // Page by page, since not all keys fit on the screen.
  const getPage = () => /\d+–\d+ of \d+/.exec(zentop.screen().join('\n'))?.[0] ?? '';
  while (!zentop.screen().some(line => / z +show all keys/.test(line))) {
    const page = getPage();
    zentop.type(' ');
    await zentop.waitFor(() => getPage() !== page);
  }
  zentop.type('\x1b');
  await zentop.waitFor(/z help .*x quit/);
  zentop.type('x');
  assert.equal((await zentop.exit).code, 0);
});

test('hides columns that are turned off', async () => {
  const zentop = open('columns: [time]\n');
  const lines = (await zentop.waitFor(/STEP +TIME/)).join('\n');
  assert.doesNotMatch(lines, /STATUS/);
  zentop.type('q');
  await zentop.exit;
});

test('reports an error in the settings file before the screen opens, and on the screen', async () => {
  const zentop = open('theme: pink\n');
  await zentop.waitFor(/line 1, column 1: theme must be one of/);
  await zentop.waitFor('STEP');
  const [bytesBefore = '', bytesOfScreen = ''] = getBytes(zentop).split('\x1b[?1049h');
  assert.match(bytesBefore, /zentop: .*line 1, column 1: theme must be/);
  assert.match(bytesOfScreen, /line 1, column 1/);
  zentop.type('q');
  await zentop.exit;
});

test('notifies the user of the first failure and the end by bell and desktop notification, and shows the outcome in the title', async () => {
  // Slow enough to be seen running, however long the program takes to start.
  await server.close();
  server = await startDemoServer({scenario: 'failure', speed: 10});
  const zentop = open('');
  await zentop.waitFor(() => /\x1b\]9;zentop: ✗ /.test(getBytes(zentop)));
  const bytes = getBytes(zentop);
  assert.match(bytes, /\x07\x1b\]9;zentop: ◒ nightly_scoring \d\/9, convert_amounts failed\x07/);
  assert.match(bytes, /\x07\x1b\]9;zentop: ✗ nightly_scoring 6\/9\x07/);
  assert.match(bytes, /\x1b\]2;✗ nightly_scoring 6\/9/);
  zentop.type('q');
  await zentop.exit;
});

test('reports on the screen that the command in the setting on-end failed', async () => {
  await server.close();
  const {clock, pass} = createServerClock();
  server = await startDemoServer({scenario: 'failure', clock});
  pass(5000);
  const zentop = open('on-end: [sh, -c, exit 3]\n');
  await zentop.waitFor('running');
  pass(3_600_000);
  await zentop.waitFor('sh exited with code 3');
  zentop.type('q');
  await zentop.exit;
});
