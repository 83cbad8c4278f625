import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {afterEach, beforeAll, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {buildWatcher, createFolder, findDifferences, getCells, startShell, startWatcher} from './support/watching.js';

let program: string;
let terminal: Terminal;

beforeAll(async () => {
  program = await buildWatcher('suspend');
});
afterEach(() => {
  terminal.kill('SIGKILL');
});

/** Starts the watcher as a job of a shell; returns the file that contains its process ID. */
const startJob = async (): Promise<string> => {
  const pidFile = `${createFolder()}/pid`;
  terminal = await startShell([100, 30], {PID_FILE: pidFile});
  terminal.type(`node ${program}\r`);
  await terminal.waitFor('q quit');
  await terminal.settle();
  return pidFile;
};

const assertScreenIs = async (cells: readonly string[][]) => {
  await terminal.settle();
  assert.deepEqual(findDifferences(getCells(terminal), cells), []);
};

test('restores the terminal for the shell on Ctrl-Z, and the screen on fg', async () => {
  await startJob();
  terminal.type('\x1a');
  await terminal.waitFor('Stopped');
  assert.equal(terminal.model.buffer.active.type, 'normal');
  assert.equal(terminal.model.modes.mouseTrackingMode, 'none');
  assert.equal(terminal.model.modes.sendFocusMode, false);
  terminal.type('echo the shell reads\r');
  await terminal.waitFor(/^the shell reads/m);

  terminal.type('fg\r');
  await terminal.waitFor('said was stopped');
  assert.equal(terminal.model.buffer.active.type, 'alternate');
  assert.equal(terminal.model.modes.sendFocusMode, true);
  await terminal.settle();
  const cells = getCells(terminal);
  terminal.type('r');
  await assertScreenIs(cells);
  terminal.type('x');
  await terminal.waitFor('said key "x"');
});

test('can be suspended repeatedly', async () => {
  await startJob();
  for (let turn = 0; turn < 3; turn++) {
    terminal.type('\x1a');
    await terminal.waitFor('Stopped');
    terminal.type('clear; fg\r');
    await terminal.waitFor('said was stopped');
    terminal.type('x');
    await terminal.waitFor('said key "x"');
  }
});

test('continues at the new size if the terminal was resized while it was suspended', async () => {
  await startJob();
  terminal.type('\x1a');
  await terminal.waitFor('Stopped');
  terminal.resize(80, 24);
  terminal.type('fg\r');
  await terminal.waitFor('watcher 80x24');
  await terminal.waitFor('said was stopped');
  await terminal.settle();
  const cells = getCells(terminal);
  terminal.type('r');
  await assertScreenIs(cells);
});

test('regains the keys and the screen after another process stopped it', async () => {
  const pidFile = await startJob();
  const before = getCells(terminal);
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGSTOP');
  await terminal.waitFor('Stopped');
  terminal.type('echo the shell reads\r');
  await terminal.waitFor('the shell reads');
  terminal.type('fg\r');
  await terminal.waitFor('watcher 100x30');
  await assertScreenIs(before);
  terminal.type('x');
  await terminal.waitFor('said key "x"');
  terminal.type('q');
  await terminal.waitFor('left by q');
  assert.equal(terminal.model.buffer.active.type, 'normal');
});

const assertShellHasTerminal = async () => {
  terminal.type('echo the shell reads\r');
  await terminal.waitFor(/^the shell reads/m);
  assert.equal(terminal.model.buffer.active.type, 'normal');
  assert.equal(terminal.model.modes.sendFocusMode, false);
};

test('leaves the terminal to the shell if it is continued in the background, and returns on fg', async () => {
  await startJob();
  terminal.type('\x1a');
  await terminal.waitFor('Stopped');
  // The pauses ensure that each `bg` takes effect before the next command.
  terminal.type('clear; sleep 0.4; bg; sleep 0.4; bg; sleep 0.4\r');
  await assertShellHasTerminal();
  terminal.type('fg\r');
  await terminal.waitFor('said was stopped');
  terminal.type('x');
  await terminal.waitFor('said key "x"');
});

test('can be ended by the shell while it is stopped, without touching the terminal', async () => {
  await startJob();
  terminal.type('\x1a');
  await terminal.waitFor('Stopped');
  terminal.type('clear; kill %1\r');
  terminal.type('wait; echo ended with $?\r');
  await terminal.waitFor(/^ended with/m);
  await assertShellHasTerminal();
});

test('restores the terminal for the shell when another program sends SIGTSTP, and the screen on fg', async () => {
  const pidFile = await startJob();
  const before = getCells(terminal);
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTSTP');
  await terminal.waitFor('Stopped');
  await assertShellHasTerminal();
  terminal.type('fg\r');
  await terminal.waitFor('watcher 100x30');
  await assertScreenIs(before);
  assert.equal(terminal.model.modes.sendFocusMode, true);
  terminal.type('x');
  await terminal.waitFor('said key "x"');
});

test('keeps a line on standard error from shifting the frame, and prints it at the end', async () => {
  await startJob();
  const before = getCells(terminal);
  terminal.type('w');
  await assertScreenIs(before);
  terminal.type('q');
  await terminal.waitFor('left by q');
  await terminal.waitFor('a warning from a library');
});

test('reports on Ctrl-Z that no shell could continue it, and keeps running', async () => {
  terminal = await startWatcher(program, [100, 30]);
  terminal.type('\x1a');
  await terminal.waitFor('said could not stop');
  terminal.type('x');
  await terminal.waitFor('said key "x"');
});

test('lends the terminal with its keys and modes to another program, and takes it back', async () => {
  terminal = await startWatcher(program, [100, 30], {EDITOR: 'head -n 1 | sed s/^/edited:/; sleep 0.3'});
  const cells = getCells(terminal);
  terminal.type('e');
  // Ink leaves its screen and zentop its modes in two writes, which need not arrive together.
  await terminal.waitFor(
    () => terminal.model.buffer.active.type === 'normal' && !terminal.model.modes.bracketedPasteMode,
  );
  terminal.type('q typed to the editor\r');
  await terminal.waitFor('edited:q typed to the editor');
  await terminal.waitFor('said editor ended');
  await terminal.settle();
  assert.equal(findDifferences(getCells(terminal), cells).length, 1, 'only the message has changed');
  terminal.type('x');
  await terminal.waitFor('said key "x"');
});
