import assert from 'node:assert/strict';
import {afterEach, beforeAll, test} from 'vitest';
import {encodePortably} from '../../src/terminal/portable.js';
import {getKeyBytes} from '../support/key-bytes.js';
import type {Terminal} from '../support/pty.js';
import {buildWatcher, startWatcher} from './support/watching.js';

let program: string;
let terminal: Terminal;

beforeAll(async () => {
  program = await buildWatcher('portable');
});
afterEach(() => {
  terminal?.kill();
});

test.each([
  ['a move to the next line', 'a\x1b[Eb', 'a\r\x1b[Bb'],
  ['a move several lines down', '\x1b[3E', '\r\x1b[3B'],
  ['a move several lines up', '\x1b[2F', '\r\x1b[2A'],
  ['other moves', '\x1b[2K\x1b[1G\x1b[5;1H', '\x1b[2K\x1b[1G\x1b[5;1H'],
  ['text', 'E[F', 'E[F'],
])('writes %s in a form that mosh, screen, tmux and the Linux console understand', (_, chunk, expected) => {
  assert.equal(encodePortably(chunk), expected);
});

/** Sequences that mosh, screen, tmux and the Linux console all know. */
const common = [
  /^\x1b\[\d*[ABCDG]$/,
  /^\x1b\[(?:\d+;\d+)?H$/,
  /^\x1b\[\d*[JK]$/,
  /^\x1b\[[\d;]*m$/,
  /^\x1b\[\?25[hl]$/,
];

/** Sequences that all of them ignore if they do not know them: private modes, saving the title, titles, queries. */
const harmless = [
  /^\x1b\[\?(?:1004|1049|2004|2026)[hl]$/,
  /^\x1b\[2[23];2t$/,
  /^\x1b\]2;[^\x07\x1b]*\x07$/,
  /^\x1b\]11;\?\x07$/,
  /^\x1b\[c$/,
];

test('writes no sequence that mosh, screen, tmux or the Linux console would misunderstand', async () => {
  terminal = await startWatcher(program, [100, 20]);
  for (const key of ['j', 'enter', 'G', 'esc', '?', 'esc', '/', 's', 'esc', 'k']) {
    terminal.type(getKeyBytes(key));
    await terminal.settle();
  }
  terminal.resize(60, 18);
  await terminal.settle();
  const sequences =
    terminal
      .rawBytes()
      .toString()
      .match(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)/gs) ?? [];
  assert.ok(sequences.length > 100);
  const unknown = sequences.filter(each => ![...common, ...harmless].some(pattern => pattern.test(each)));
  assert.deepEqual([...new Set(unknown)], []);
});
