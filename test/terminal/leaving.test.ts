import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {afterEach, beforeAll, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {buildWatcher, countSequence, createFolder, startShell} from './support/watching.js';

let program: string;
let shell: Terminal;

beforeAll(async () => {
  program = await buildWatcher('leaving');
});
afterEach(() => {
  shell.kill('SIGKILL');
});

/** Runs the watcher in a shell, makes it exit, and waits for what the shell then prints. */
const runAndLeave = async (leave: (pid: number) => void): Promise<string> => {
  const folder = createFolder();
  shell = await startShell([100, 30], {PID_FILE: `${folder}/pid`});
  shell.type(`stty -a > ${folder}/before; node ${program}; echo code=$?; stty -a > ${folder}/after\r`);
  await shell.waitFor('q quit');
  shell.type('mtx');
  await shell.waitFor('said key "x"');
  leave(Number(readFileSync(`${folder}/pid`, 'utf8')));
  await shell.waitFor(/^code=\d+\nshell\$ *$/m);
  shell.type(`diff ${folder}/before ${folder}/after && echo line discipline is the same\r`);
  await shell.waitFor(/^line discipline is the same/m);
  return shell.screen().join('\n');
};

const assertRestored = () => {
  const {model} = shell;
  assert.equal(model.buffer.active.type, 'normal');
  assert.equal(model.modes.mouseTrackingMode, 'none');
  // The shell turns bracketed paste on again for its own prompt.
  assert.ok(countSequence(shell, '\x1b[?2004l') > 0, 'bracketed paste was turned off');
  assert.equal(model.modes.sendFocusMode, false);
  assert.equal(countSequence(shell, '\x1b[22;2t'), 1, 'the title was saved once');
  assert.equal(countSequence(shell, '\x1b[23;2t'), 1, 'the title was restored once');
  const bytes = shell.rawBytes().toString('utf8');
  assert.ok(bytes.lastIndexOf('\x1b[?25h') > bytes.lastIndexOf('\x1b[?25l'), 'the cursor is shown');
  assert.ok(bytes.lastIndexOf('\x1b[?1004l') > bytes.lastIndexOf('\x1b[?1004h'), 'focus is not reported');
};

const leaveByKey = (key: string) => () => shell.type(key);
const leaveBySignal = (signal: NodeJS.Signals) => (pid: number) => {
  process.kill(pid, signal);
};

const ways: readonly [how: string, leave: (pid: number) => void, code: number, words: RegExp][] = [
  ['q', leaveByKey('q'), 0, /left by q/],
  ['SIGTERM', leaveBySignal('SIGTERM'), 0, /left by signal SIGTERM/],
  ['SIGINT', leaveBySignal('SIGINT'), 0, /left by signal SIGINT/],
  ['SIGQUIT', leaveBySignal('SIGQUIT'), 0, /left by signal SIGQUIT/],
  ['SIGHUP', leaveBySignal('SIGHUP'), 129, /./],
  ['an error in a key handler', leaveByKey('T'), 1, /thrown in a key/],
  ['an error in a timer', leaveByKey('A'), 1, /thrown in a timer/],
  ['an error in a render', leaveByKey('R'), 1, /left by thrown in a render/],
  ['an unhandled rejection', leaveByKey('P'), 1, /rejected/],
  ['process.exit', leaveByKey('E'), 3, /./],
];
for (const [how, leave, code, words] of ways) {
  test(`restores the terminal and keeps the exit code after ${how}`, async () => {
    const screen = await runAndLeave(leave);
    assertRestored();
    assert.match(screen, new RegExp(`code=${code}$`, 'm'));
    assert.match(screen, words);
    assert.doesNotMatch(screen, /watcher \d+x|› ◐/, 'nothing of the frame is left');
  });
}

test('restores the previous content of the screen', async () => {
  shell = await startShell([100, 30]);
  shell.type('echo an earlier line; node -e 0\r');
  await shell.waitFor(/^an earlier line\nshell\$ $/m);
  const before = shell.screen().join('\n').trimEnd();
  shell.type(`node ${program}\r`);
  await shell.waitFor('q quit');
  shell.type('q');
  await shell.waitFor('left by q');
  assert.ok(shell.screen().join('\n').startsWith(before));
});
