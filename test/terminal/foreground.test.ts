import assert from 'node:assert/strict';
import {test} from 'vitest';
import {parseProcessGroups} from '../../src/terminal/foreground.js';

test.each([
  ['12 (node) R 1 12 12 34816 12 4194304 1', {own: 12, foreground: 12}],
  ['12 (a) b (c) S 1 40 12 34816 12 4194304 1', {own: 40, foreground: 12}],
  ['12 (node) S 1 12 12 0 -1 4194304 1', {own: 12, foreground: -1}],
])('reads the process groups of %s', (stat, groups) => {
  assert.deepEqual(parseProcessGroups(stat), groups);
});
