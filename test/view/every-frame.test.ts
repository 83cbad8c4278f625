import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import {test} from 'vitest';
import {reduce} from '../../src/store/reducer.js';
import {asciiTheme, renderFrameLines, renderRawFrame, sizes, testTheme} from '../support/frames.js';
import {runScreens} from '../support/run-screens.js';
import {screens as screensOfRun} from '../support/screens.js';

const screens = {...screensOfRun, ...runScreens};

const everySize = [
  ...Object.values(sizes),
  {columns: 99, rows: 11},
  {columns: 60, rows: 16},
  {columns: 30, rows: 12},
  {columns: 10, rows: 3},
  {columns: 3, rows: 2},
  {columns: 200, rows: 2},
];

for (const [name, screen] of Object.entries(screens)) {
  for (const size of everySize) {
    test(`${name} at ${size.columns}x${size.rows} fits the screen, and nothing wraps or sticks out`, () => {
      const state = reduce(screen(), {type: 'size/changed', size});
      for (const theme of [testTheme, asciiTheme]) {
        const lines = renderFrameLines(state, theme);
        assert.ok(lines.length <= size.rows, `${lines.length} lines`);
        for (const line of lines) {
          assert.ok(stringWidth(line) <= size.columns, `${stringWidth(line)} cells: ${line}`);
          // Only a screen too small for a margin uses its last cell.
          assert.ok(size.columns < 4 || stringWidth(line) < size.columns, `no free cell on the right: ${line}`);
        }
      }
    });
  }
}

test('an ASCII frame contains only ASCII', () => {
  for (const [name, screen] of Object.entries(screens)) {
    for (const size of Object.values(sizes)) {
      const lines = renderFrameLines(reduce(screen(), {type: 'size/changed', size}), asciiTheme);
      assert.match(lines.join('\n'), /^[\x20-\x7e\n]*$/, `${name} at ${size.columns}x${size.rows}`);
    }
  }
});

test('no escape sequences but zentop’s own colors reach the terminal', () => {
  for (const [name, screen] of Object.entries(screens)) {
    const frame = renderRawFrame(screen());
    assert.doesNotMatch(frame.replace(/\x1b\[[\d;]*m/g, ''), /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/, name);
  }
});
