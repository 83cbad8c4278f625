import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {afterEach, test, vi} from 'vitest';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createFolder} from './support/watching.js';

const program = resolve('bin/zentop.js');

let terminal: Terminal | undefined;
afterEach(() => terminal?.kill('SIGKILL'));

test.each([
  ['the screen', '', 129],
  // Plain output notices it at the next change, which cannot be written.
  ['lines', '--output plain', 4],
])(
  'when the terminal is closed while it shows %s, the program ends by itself, and does not crash',
  async (_, options, expected) => {
    const home = createFolder();
    terminal = startTerminal({
      // The shell waits for the program even if the terminal is lost, and saves its exit code.
      command: 'sh',
      args: ['-c', `trap : HUP; ${process.execPath} ${program} demo ${options}; echo $? > ${home}/code`],
      cols: 100,
      rows: 30,
      env: {HOME: home, ZENML_CONFIG_PATH: home},
    });
    await terminal.waitFor(/running/);
    terminal.hangUp();
    const code = await vi.waitFor(
      () => {
        const text = readFileSync(`${home}/code`, 'utf8');
        assert.ok(text.endsWith('\n'));
        return text.trim();
      },
      {timeout: 40_000, interval: 50},
    );
    assert.equal(code, String(expected));
  },
);

test('draws the screen again after sizes from one cell to three hundred columns', async () => {
  const home = createFolder();
  terminal = startTerminal({
    command: process.execPath,
    args: [program, 'demo'],
    cols: 100,
    rows: 30,
    env: {HOME: home, ZENML_CONFIG_PATH: home},
  });
  await terminal.waitFor('live');
  for (const [cols, rows] of [
    [1, 1],
    [300, 100],
    [2, 50],
    [200, 1],
    [45, 20],
    [1, 1],
    [120, 30],
  ] as const) {
    terminal.resize(cols, rows);
    await terminal.settle({quietMs: 50, timeoutMs: 5000}).catch(() => undefined);
  }

  await terminal.waitFor(/zentop.*live/);
  terminal.type('q');
  assert.equal((await terminal.exit).code, 0);
});
