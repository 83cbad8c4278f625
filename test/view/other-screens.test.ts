import assert from 'node:assert/strict';
import {test} from 'vitest';
import {countLineCells} from '../../src/format/line.js';
import {commands} from '../../src/keymap/commands.js';
import {reduce} from '../../src/store/reducer.js';
import {renderHelp} from '../../src/view/help-lines.js';
import {sizes} from '../support/frames.js';
import {renderedLines, renderedText} from '../support/rendered.js';
import {connecting, help, unreachable} from '../support/screens.js';
import {aConnectingState, after} from '../support/watching.js';

test('before the first answer the screen says what is asked, and since when', () => {
  const text = renderedText(after(connecting(), {type: 'clock/ticked', now: connecting().now + 3000}));
  assert.match(text, /◌ asking https:\/\/zenml\.example\.com for run 11111111 +3s/);
  assert.match(text, /\? help {2}q quit/);
});

test('what stands in the way of the first answer is said in words, with a way out', () => {
  for (const size of [sizes.wide, sizes.middle, sizes.narrow]) {
    const text = renderedText(reduce(unreachable(), {type: 'size/changed', size}));
    assert.match(text, /connection refused · (?:retrying in|asking again)/);
    assert.match(text.replace(/\s+/g, ' '), /Is the server running, and can it be reached from this machine\?/);
  }
});

test('a reader who is signed out is told the command that signs in', () => {
  const key = `run:${aConnectingState().watch!.runId}`;
  const state = after(aConnectingState(), {
    type: 'news/failed',
    key,
    failure: {kind: 'not-signed-in', detail: 'token expired'},
    at: connecting().now,
    jitter: 0,
  });
  assert.match(renderedLines(state).join('\n'), /zenml login https:\/\/zenml\.example\.com/);
});

test('help shows every command, in two columns where there is room', () => {
  const wide = renderedText(reduce(help(), {type: 'size/changed', size: {columns: 200, rows: 100}}));
  for (const {title} of commands) {
    assert.ok(wide.includes(title), title);
  }

  assert.match(wide, /In the list of steps +On every screen/);
});

test.each([
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
  ['20x5', sizes.tiny],
] as const)('help tells at %s to the end what each key does', (_, {columns}) => {
  const lines = renderHelp(columns - 2, help());
  const text = lines.map(line =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );
  assert.ok(lines.every(line => countLineCells(line) <= columns - 2));
  const words = new Set(text.flatMap(line => line.trim().split(/\s+/)));
  const missing = commands.flatMap(({title}) => title.split(' ')).filter(word => !words.has(word));
  assert.deepEqual(missing, []);
});

test('help that does not fit says which part of it is seen', () => {
  const lines = renderedLines(reduce(help(), {type: 'size/changed', size: sizes.middle}));
  assert.match(lines[0]!, /^ zentop {2}keys +1–21 of \d+$/);
  assert.match(lines.at(-1)!, /^ j\/k scroll {2}esc back$/);
});
