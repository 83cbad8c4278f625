import assert from 'node:assert/strict';
import {test} from 'vitest';
import {countSequence, findDifferences, getCells, prepareWatcher, resizeTo} from './support/watching.js';

const {startAndSettle} = prepareWatcher('resize');

test('ends with one clean screen after a burst of sizes', async () => {
  const terminal = await startAndSettle([120, 40]);
  const clears = countSequence(terminal, '\x1b[H\x1b[J');
  for (let cols = 119; cols >= 90; cols--) {
    terminal.resize(cols, 40);
  }
  await terminal.waitFor('watcher 90x40');
  await terminal.settle();
  assert.deepEqual(findDifferences(getCells(terminal), getCells(await startAndSettle([90, 40]))), []);
  // One for the whole burst, unless the machine stops this process in the middle of it.
  assert.ok(countSequence(terminal, '\x1b[H\x1b[J') - clears < 10);
});

test('draws a resize within one synchronized update', async () => {
  const terminal = await startAndSettle([120, 40]);
  const before = terminal.rawBytes().length;
  await resizeTo(terminal, [100, 30]);
  const update = terminal.rawBytes().subarray(before).toString('utf8');
  assert.match(update, /^\x1b\[\?2026h[\s\S]*\x1b\[\?2026l$/);
  assert.ok(update.indexOf('\x1b[H\x1b[J') < update.indexOf('watcher 100x30'));
});
