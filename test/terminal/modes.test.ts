import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createModes} from '../../src/terminal/modes.js';
import {
  applyModeChange,
  encodeEnterState,
  encodeLeaveState,
  initialScreen,
  isModeChange,
} from '../../src/terminal/screen-state.js';

const open = (hasTitle = true) => {
  const sent: string[] = [];
  return {sent, modes: createModes(sequence => sent.push(sequence), {hasTitle})};
};

/** The modes that are on after everything that was sent, and how many titles are still saved. */
const readModes = (sent: readonly string[]) => {
  const on = new Set<string>();
  let savedTitleCount = 0;
  for (const [sequence, mode, end] of sent.join('').matchAll(/\x1b\[\?(\d+)([hl])|\x1b\[2[23];2t/g)) {
    if (sequence === '\x1b[22;2t') {
      savedTitleCount++;
    } else if (sequence === '\x1b[23;2t') {
      savedTitleCount--;
    } else if (end === 'h') {
      on.add(mode!);
    } else {
      on.delete(mode!);
    }
  }
  return {on: [...on].sort(), savedTitleCount};
};

test('turns on reports of pastes and focus, but not of the mouse', () => {
  const {modes, sent} = open();
  modes.enter();
  assert.deepEqual(readModes(sent), {on: ['1004', '2004'], savedTitleCount: 1});
});

test('turns everything on and off only once', () => {
  const {modes, sent} = open();
  modes.enter();
  const enterCount = sent.length;
  modes.enter();
  assert.equal(sent.length, enterCount);
  modes.setTitle('✗ training_pipeline 9/14');
  assert.deepEqual(readModes(sent), {on: ['1004', '2004'], savedTitleCount: 1});
  modes.leave();
  const leaveCount = sent.length;
  modes.leave();
  assert.equal(sent.length, leaveCount);
  assert.deepEqual(readModes(sent), {on: [], savedTitleCount: 0});
});

test('sets the latest title when entered again', () => {
  const {modes, sent} = open();
  modes.enter();
  modes.setTitle('one');
  modes.leave();
  sent.length = 0;
  modes.setTitle('two');
  assert.deepEqual(sent, []);
  modes.enter();
  assert.deepEqual(readModes(sent).on, ['1004', '2004']);
  assert.match(sent.join(''), /\x1b\]2;two\x07/);
});

test('turns the modes off through another function if one is passed', () => {
  const {modes, sent} = open();
  modes.enter();
  sent.length = 0;
  const last: string[] = [];
  modes.leave(sequence => last.push(sequence));
  assert.deepEqual(sent, []);
  assert.match(last.join(''), /\x1b\[\?2004l/);
});

test('neither saves nor sets a title if the terminal has none', () => {
  const {modes, sent} = open(false);
  modes.enter();
  modes.setTitle('title');
  modes.leave();
  assert.doesNotMatch(sent.join(''), /title|\x1b\[2[23];2t/);
});

test('does not set the same title again', () => {
  const {modes, sent} = open();
  modes.enter();
  modes.setTitle('one');
  const count = sent.length;
  modes.setTitle('one');
  assert.equal(sent.length, count);
});

test('recognizes only chunks that do nothing but switch modes', () => {
  assert.equal(isModeChange('\x1b[?1049h'), true);
  assert.equal(isModeChange('\x1b[?25l\x1b[?2004h'), true);
  assert.equal(isModeChange('\x1b[?2026h'), false);
  assert.equal(isModeChange('\x1b[?25hframe'), false);
  assert.equal(isModeChange(''), false);
});

test('tracks what Ink has turned on, so that it can be undone and redone', () => {
  const state = ['\x1b[?1049h', '\x1b[?25l'].reduce(applyModeChange, initialScreen);
  assert.equal(encodeEnterState(state), '\x1b[?1049h\x1b[?25l');
  assert.equal(encodeLeaveState(state), '\x1b[0m\x1b[?1049l\x1b[?25h');
  assert.equal(encodeLeaveState(['\x1b[?25h', '\x1b[?1049l'].reduce(applyModeChange, state)), '\x1b[0m');
});
