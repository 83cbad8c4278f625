import assert from 'node:assert/strict';
import {test} from 'vitest';
import {compareNaturally} from '../../src/domain/natural-order.js';

test('sorts numbers in names numerically', () => {
  const names = ['output_10', 'output', 'output_2', 'b', 'output_2_10', 'output_2_9', 'a10b', 'a9c', 'a'];
  assert.deepEqual(names.toSorted(compareNaturally), [
    'a',
    'a9c',
    'a10b',
    'b',
    'output',
    'output_2',
    'output_2_9',
    'output_2_10',
    'output_10',
  ]);
});
