import assert from 'node:assert/strict';
import {afterEach, beforeAll, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {buildWatcher, cellsOf, countOf, differencesOf, type ScreenSize, startWatcher} from './support/watching.js';

let program: string;
const open: Terminal[] = [];

beforeAll(async () => {
  program = await buildWatcher('resize');
});
afterEach(() => {
  for (const terminal of open.splice(0)) {
    terminal.kill();
  }
});

const start = async (size: ScreenSize, env?: Readonly<Record<string, string>>) => {
  const terminal = await startWatcher(program, size, env);
  open.push(terminal);
  await terminal.settle();
  return terminal;
};

const resizeTo = async (terminal: Terminal, [cols, rows]: ScreenSize) => {
  terminal.resize(cols, rows);
  await terminal.waitFor(`watcher ${cols}x${rows}`);
  await terminal.settle();
};

test('ends with one clean screen after a burst of sizes', async () => {
  const terminal = await start([120, 40]);
  const clears = countOf(terminal, '\x1b[H\x1b[J');
  for (let cols = 119; cols >= 90; cols--) {
    terminal.resize(cols, 40);
  }
  await terminal.waitFor('watcher 90x40');
  await terminal.settle();
  assert.deepEqual(differencesOf(cellsOf(terminal), cellsOf(await start([90, 40]))), []);
  // One for the whole burst, unless the machine stops this process in the middle of it.
  assert.ok(countOf(terminal, '\x1b[H\x1b[J') - clears < 10);
});

test('draws a resize within one synchronised update', async () => {
  const terminal = await start([120, 40]);
  const before = terminal.rawBytes().length;
  await resizeTo(terminal, [100, 30]);
  const written = terminal.rawBytes().subarray(before).toString('utf8');
  assert.match(written, /^\x1b\[\?2026h[\s\S]*\x1b\[\?2026l$/);
  assert.ok(written.indexOf('\x1b[H\x1b[J') < written.indexOf('watcher 100x30'));
});
