import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findDifferences, getCells, prepareWatcher, resizeTo, type ScreenSize} from './support/watching.js';

const {start, startAndSettle} = prepareWatcher('resize-slow');

const sizes: readonly ScreenSize[] = [
  [80, 24],
  [60, 15],
  [200, 60],
  [120, 40],
  [119, 40],
  [119, 39],
  [121, 41],
  [45, 20],
  [20, 5],
];

for (const alternate of ['yes', 'no']) {
  test(`draws the same screen after each resize as after a fresh start (alternate screen: ${alternate})`, async () => {
    const terminal = await startAndSettle([120, 40], {ALTERNATE: alternate});
    for (const size of sizes) {
      await resizeTo(terminal, size);
      const fresh = await startAndSettle(size, {ALTERNATE: alternate});
      assert.deepEqual(findDifferences(getCells(terminal), getCells(fresh)), [], size.join('x'));
    }
  });
}

/** Numbers from 0 to 1 that are the same in each run, so that a failure can be reproduced (xorshift). */
const createRandom = (seed: number) => () => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) / 2 ** 32;
};

test('ends with a clean screen after random sizes while everything moves', async () => {
  const terminal = await start([120, 40], {TICK_MS: '7'});
  const random = createRandom(20_231);
  for (let turn = 0; turn < 40; turn++) {
    terminal.resize(20 + Math.floor(random() * 160), 6 + Math.floor(random() * 50));
    terminal.type('jk');
    await new Promise(resolve => setTimeout(resolve, random() * 90));
  }
  terminal.resize(101, 33);
  terminal.type('p');
  await terminal.waitFor('watcher 101x33');
  await terminal.settle({quietMs: 300});
  const cells = getCells(terminal);
  terminal.type('r');
  await terminal.settle({quietMs: 300});
  assert.deepEqual(findDifferences(cells, getCells(terminal)), [], 'a repaint changes nothing');
});
