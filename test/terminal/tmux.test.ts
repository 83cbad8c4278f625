import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {resolve} from 'node:path';
import {afterEach, beforeAll, test} from 'vitest';
import {startTerminal, type Terminal} from '../support/pty.js';
import {buildWatcher, createFolder} from './support/watching.js';

/** Why these tests cannot run; empty if they can. */
const missing = spawnSync('tmux', ['-V']).error ? 'tmux is not installed' : '';

let program: string;
let socket: string;
let terminal: Terminal;

beforeAll(async () => {
  program = missing ? '' : await buildWatcher('tmux');
});

const runTmux = (...args: string[]): string =>
  execFileSync('tmux', ['-S', socket, ...args], {encoding: 'utf8', env: {...process.env, TMUX: ''}}).trim();

afterEach(() => {
  runTmux('kill-server');
  terminal.kill('SIGKILL');
});

const start = async () => {
  socket = `${createFolder()}/socket`;
  terminal = startTerminal({
    command: 'tmux',
    args: ['-S', socket, '-f', '/dev/null', 'new-session', '-s', 'watch', "PS1='shell$ ' bash --norc --noprofile"],
    cols: 100,
    rows: 31,
    env: {HISTFILE: '/dev/null'},
  });
  await terminal.waitFor('shell$');
};

const type = async (line: string, awaited: string | RegExp) => {
  terminal.type(`${line}\r`);
  await terminal.waitFor(awaited);
};

test.skipIf(missing)(`keeps scrollback, title and screen of tmux ${missing && `(${missing})`}`, async () => {
  await start();
  await type('for i in $(seq 1 200); do echo line $i; done', 'line 200');
  await terminal.settle();
  assert.ok(Number(runTmux('display-message', '-p', '#{history_size}')) > 100);
  const title = runTmux('display-message', '-p', '#{pane_title}');

  await type(`node ${program}`, 'q quit');
  assert.equal(runTmux('display-message', '-p', '#{alternate_on}'), '1');
  terminal.type('jjt');
  await terminal.waitFor(lines => lines.some(line => line.startsWith(' › ') && line.includes('step_5')));
  // tmux shows the title of its pane at the right end of its last line.
  await terminal.waitFor('◐ watching 9/14');
  terminal.resize(80, 24);
  await terminal.waitFor('watcher 80x23');
  await terminal.settle();
  const smallScreen = terminal.screen().slice(0, 23);
  terminal.type('r');
  await terminal.settle();
  assert.deepEqual(terminal.screen().slice(0, 23), smallScreen, 'a repaint changes nothing');

  terminal.resize(100, 31);
  await terminal.waitFor('watcher 100x30');
  terminal.type('q');
  await terminal.waitFor('left by q');
  assert.equal(runTmux('display-message', '-p', '#{alternate_on} #{cursor_flag} #{mouse_any_flag}'), '0 1 0');
  assert.equal(runTmux('display-message', '-p', '#{pane_title}'), title);
  assert.match(runTmux('capture-pane', '-p', '-S', '-'), /line 1\nline 2\n[\s\S]*line 199\nline 200\n/);
});

test.skipIf(missing)(`copies text through tmux ${missing && `(${missing})`}`, async () => {
  await start();
  await type(`node ${program}`, 'q quit');
  terminal.type('c');
  await terminal.waitFor('said {"kind":"copied","by":"tmux"}');
  assert.equal(runTmux('show-buffer'), 'copied text\n日本');
  assert.match(terminal.rawBytes().toString('utf8'), /\x1b\]52;[^;]*;/, 'the outer terminal receives the text');
});

test.skipIf(missing)(
  `Esc and a key typed soon after it both take effect in tmux ${missing && `(${missing})`}`,
  async () => {
    await start();
    await type(`XDG_CONFIG_HOME=${createFolder()} node ${resolve('bin/zentop.js')} demo`, 'q quit');
    const isAt = (name: string) => (lines: readonly string[]) =>
      lines.some(line => line.startsWith(' › ') && line.includes(name));
    // A key press stops the cursor from following the running step.
    terminal.type('g');
    await terminal.waitFor(isAt('load_tr'));
    terminal.type('/');
    await terminal.waitFor('enter keep');
    terminal.type('\x1bj');
    await terminal.waitFor(lines => isAt('load_labels')(lines) && !lines.join().includes('enter keep'));

    // tmux waits for the rest of a sequence before it passes Esc on, so that both keys arrive together.
    terminal.type('\x1b');
    await new Promise(done => setTimeout(done, 50));
    terminal.type('?');
    await terminal.waitFor('Run list');
    terminal.type('\x1bq');
    await terminal.waitFor('shell$');
  },
);
