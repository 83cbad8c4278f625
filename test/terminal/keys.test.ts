import assert from 'node:assert/strict';
import {afterEach, beforeAll, beforeEach, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {buildWatcher, startWatcher} from './support/watching.js';

let program: string;
let terminal: Terminal;

beforeAll(async () => {
  program = await buildWatcher('keys');
});
beforeEach(async () => {
  terminal = await startWatcher(program, [100, 20]);
});
afterEach(() => {
  terminal.kill();
});

/** Longer than Ink waits for the rest of a sequence before it treats the start as keys. */
const waitLongEnough = () => new Promise(resolve => setTimeout(resolve, 60));

const findSaidLine = () => terminal.screen().find(line => line.startsWith('said '));

const reports: readonly [what: string, sequence: string, expected: string][] = [
  ['a mouse report', '\x1b[<0;12;3M', '"kind":"mouse"'],
  ['a reply about graphics', '\x1b_Gi=31;EINVAL: no quiet\x1b\\', '"kind":"reply"'],
  ['a title', '\x1b]Lqueue\x1b\\', '"kind":"reply"'],
  ['an unknown string', '\x1bXsome q text\x1b\\', '"kind":"reply"'],
  ['a focus report', '\x1b[I', '"kind":"focus","hasFocus":true'],
  ['a reply about a mode', '\x1b[?2026;2$y', '"kind":"reply"'],
  ['a reply about a color', '\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\', '"kind":"reply"'],
];
for (const [what, sequence, expected] of reports) {
  test(`reports ${what} that arrives in two halves, and treats no part of it as a key`, async () => {
    for (let cut = 1; cut < sequence.length; cut += cut < 3 ? 1 : 4) {
      terminal.type(sequence.slice(0, cut));
      await waitLongEnough();
      terminal.type(sequence.slice(cut));
      await terminal.waitFor(expected);
      terminal.type('x');
      await terminal.waitFor('said key "x"');
    }
  });
}

test('reports a paste as one text, and interprets nothing in it as a key, not even q', async () => {
  terminal.type('\x1b[200~x\rq');
  await waitLongEnough();
  terminal.type('R\x1b[201~');
  await terminal.waitFor('said {"kind":"paste","text":"x\\nqR"}');
});

test('accepts Esc as a key', async () => {
  terminal.type('\x1b');
  await terminal.waitFor('esc');
  assert.equal(findSaidLine(), 'said key "" esc');
});

test('loses no key that is typed fast', async () => {
  terminal.type('jjjjk');
  await terminal.waitFor(lines => lines.some(line => line.startsWith(' › ') && line.includes('step_6 ')));
});

test('turns on bracketed paste and focus reports, but not the mouse', () => {
  assert.equal(terminal.model.modes.bracketedPasteMode, true);
  assert.equal(terminal.model.modes.sendFocusMode, true);
  assert.equal(terminal.model.modes.mouseTrackingMode, 'none');
});
