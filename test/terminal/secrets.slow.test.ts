import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterEach, test, vi} from 'vitest';
import {startDemoServer} from '../support/demo-server.js';
import {mark, startSecretsProxy} from '../support/marked-secrets.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createFolder} from './support/watching.js';

const program = resolve('bin/zentop.js');

const apiKey = `ZENKEY_${mark}key`;

let terminal: Terminal | undefined;
afterEach(() => terminal?.kill('SIGKILL'));

/** Writes a program for --on-end that writes its arguments and ZENTOP_ variables to a file; returns the path of the program. */
const writeListener = (home: string, factsFile: string): string => {
  const path = join(home, 'listener.cjs');
  writeFileSync(
    path,
    `const {writeFileSync, renameSync} = require('node:fs');
     const names = Object.keys(process.env).filter(name => name.startsWith('ZENTOP_'));
     const facts = names.map(name => name + '=' + process.env[name]);
     writeFileSync('${factsFile}.part', [...process.argv, ...facts].join('\\n'));
     renameSync('${factsFile}.part', '${factsFile}');`,
  );
  return path;
};

/** The command lines of all processes, as `ps` shows them. */
const listCommandLines = (): readonly string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
      } catch {
        // It has exited.
        return [];
      }
    });

/** The text of three pages of each tab of the first step, in full screen. */
const collectTabScreens = async (zentop: Terminal): Promise<string> => {
  const screens: string[] = [];
  zentop.type('\x1b[H');
  await zentop.waitFor(/›.*fetch_model/);
  zentop.type('\r');
  for (const tab of ['1', '2', '3', '4', '5', '6', '7']) {
    zentop.type(tab);
    await zentop.settle({quietMs: 300});
    for (const page of ['', '\x1b[6~', '\x1b[6~']) {
      zentop.type(page);
      await zentop.settle({quietMs: 150});
      screens.push(zentop.screen().join('\n'));
    }
  }

  return screens.join('\n');
};

test('shows no secret on the screen, in the title, the clipboard, a recording, `ps` or the --on-end command', async () => {
  let now = Date.now();
  const server = await startDemoServer({
    scenario: 'failure',
    clock: {now: () => now},
    auth: {username: 'ada', password: `${mark}9`, apiKey},
  });
  const {proxy, countResponses} = await startSecretsProxy(server.url);
  now += 20_000;
  const home = createFolder();
  const keyFile = join(home, 'key');
  writeFileSync(keyFile, apiKey);
  const factsFile = join(home, 'facts');
  const listener = writeListener(home, factsFile);
  const recording = join(home, 'run.zentop.gz');
  terminal = startTerminal({
    command: process.execPath,
    args: [
      program,
      server.runId,
      '--api-key-file',
      keyFile,
      '--record',
      recording,
      '--on-end',
      `${process.execPath} ${listener}`,
    ],
    cols: 120,
    rows: 50,
    env: {
      HOME: home,
      ZENML_CONFIG_PATH: home,
      ZENML_STORE_URL: `${proxy.url}/?token=${mark}8`,
      TERM_PROGRAM: 'iTerm.app',
      SSH_TTY: '/dev/pts/0',
    },
  });
  await terminal.waitFor(/›.*fetch_model|fetch_model[\s\S]*›/);
  const commandLines = [...listCommandLines()];
  const screens = await collectTabScreens(terminal);
  terminal.type('y');
  await terminal.settle({quietMs: 200});
  terminal.type('\r');
  now += 3_600_000;
  await vi.waitUntil(() => existsSync(factsFile), {timeout: 30_000, interval: 50});
  commandLines.push(...listCommandLines());
  terminal.type('\x1b');
  terminal.type('q');
  terminal.type('q');
  await terminal.exit;
  await proxy.stop();
  await server.close();

  assert.ok(countResponses() > 3, 'the responses contained secrets');
  assert.match(screens, /awsSecretAccessKey/, 'the name of a parameter that is a secret is shown');
  assert.match(screens, /removed/);
  const texts = {
    'the screen': screens,
    'what was written to the terminal': terminal.rawBytes().toString('utf8'),
    'the command lines': commandLines.join('\n'),
    'the input of the --on-end command': readFileSync(factsFile, 'utf8'),
    'the recording': gunzipSync(readFileSync(recording)).toString('utf8'),
  };
  assert.match(texts['the input of the --on-end command'], /ZENTOP_STATUS=failed/);
  for (const [what, text] of Object.entries(texts)) {
    assert.ok(!text.includes(mark), `${what}: …${text.slice(Math.max(0, text.indexOf(mark) - 200)).slice(0, 260)}`);
    assert.ok(!text.includes(Buffer.from(mark).toString('base64').slice(0, 14)), what);
  }
});
