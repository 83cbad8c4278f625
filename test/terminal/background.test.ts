import assert from 'node:assert/strict';
import {test, vi} from 'vitest';
import {guessBackground, parseBackgroundReply, requestBackground} from '../../src/terminal/background.js';
import type {TerminalReport} from '../../src/terminal/split-input.js';

test.each([
  ['\x1b]11;rgb:0000/2b2b/3636\x1b\\', 'dark'],
  ['\x1b]11;rgb:fd/f6/e3\x07', 'light'],
  ['\x1b]11;rgb:f/f/f\x07', 'light'],
  ['\x1b]11;rgba:0000/0000/0000/8000\x07', 'dark'],
  ['\x1b]11;#282828\x07', 'dark'],
  ['\x1b]11;#fff\x07', 'light'],
  ['\x1b]10;rgb:ff/ff/ff\x07', undefined],
  ['\x1b]11;?\x07', undefined],
  ['\x1b]11;rgb:/ff/ff\x07', undefined],
])('the reply %j means that the background is %s', (sequence, background) => {
  assert.equal(parseBackgroundReply(sequence), background);
});

test.each([
  [{COLORFGBG: '15;0'}, 'dark'],
  [{COLORFGBG: '0;15'}, 'light'],
  [{COLORFGBG: '12;8'}, 'dark'],
  [{COLORFGBG: '0;default;7'}, 'light'],
  [{COLORFGBG: '15;default'}, undefined],
  [{COLORFGBG: 'x'}, undefined],
  [{}, undefined],
  [{TERM: 'linux'}, 'dark'],
])('the environment %j means that the background is %s', (env, background) => {
  assert.equal(guessBackground(env), background);
});

const startQuery = () => {
  const backgrounds: string[] = [];
  const sent: string[] = [];
  let listener: (report: TerminalReport) => void = () => {};
  let isDone = false;
  const done = requestBackground({
    send: sequence => sent.push(sequence),
    onReport: added => {
      listener = added;
      return () => {};
    },
    onBackground: background => backgrounds.push(background),
  }).then(() => {
    isDone = true;
  });
  return {
    backgrounds,
    sent,
    done,
    reply: (sequence: string) => listener({kind: 'reply', sequence}),
    isDone: () => isDone,
  };
};

test('the background is requested once, followed by a request to which every terminal replies', () => {
  assert.deepEqual(startQuery().sent, ['\x1b]11;?\x07\x1b[c']);
});

test('a terminal that replies only to the second request causes no delay', async () => {
  const query = startQuery();
  query.reply('\x1b[?62;22c');
  await query.done;
  assert.deepEqual(query.backgrounds, []);
});

test('waits only a limited time for the reply of a terminal, and still accepts a late one', async () => {
  vi.useFakeTimers();
  try {
    const query = startQuery();
    await vi.advanceTimersByTimeAsync(100);
    assert.equal(query.isDone(), false);
    await vi.advanceTimersByTimeAsync(100);
    assert.equal(query.isDone(), true);
    query.reply('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
    assert.deepEqual(query.backgrounds, ['light']);
  } finally {
    vi.useRealTimers();
  }
});
