import assert from 'node:assert/strict';
import {test} from 'vitest';
import {formatChange} from '../../src/format/change-words.js';

test.each([
  [0.213, 0.233, '-0.02 (-8.6%)'],
  [20, 10, '+10 (+100%)'],
  [1_283_806, 1_200_000, '+83,806 (+7%)'],
  [0.1 + 0.2, 0.3, '+5.55e-17 (<0.1%)'],
  [3, 0, '+3'],
  [5, 0.001, '+5'],
  [-1, 1, '-2 (-200%)'],
  [-2, -1, '-1 (-100%)'],
  [7, 7, '±0'],
])('formats %d after %d as %s', (now, before, words) => {
  assert.equal(formatChange(now, before), words);
});
