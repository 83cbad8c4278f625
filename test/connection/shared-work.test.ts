import assert from 'node:assert/strict';
import {test} from 'vitest';
import {shareWork} from '../../src/connection/shared-work.js';

const createGatedShare = () => {
  const done: ((value: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  const share = shareWork(async signal => {
    signals.push(signal);
    return new Promise<string>(resolve => {
      done.push(resolve);
    });
  });
  return {done, signals, share};
};

test('shares the result with concurrent calls, and starts again for a later one', async () => {
  const {done, share} = createGatedShare();
  const {signal} = new AbortController();
  const two = [share(signal), share(signal)];
  done[0]!('one');
  assert.deepEqual(await Promise.all(two), ['one', 'one']);
  const later = share(signal);
  done[1]!('two');
  assert.equal(await later, 'two');
  assert.equal(done.length, 2);
});

test('does not share aborted work with the next caller', async () => {
  const {done, signals, share} = createGatedShare();
  const abort = new AbortController();
  void share(abort.signal);
  abort.abort();
  assert.equal(signals[0]?.aborted, true);
  const next = share(new AbortController().signal);
  assert.equal(signals[1]?.aborted, false);
  done[0]!('given up');
  done[1]!('fresh');
  assert.equal(await next, 'fresh');
});

test('ignores a caller that has already aborted', () => {
  const {signals, share} = createGatedShare();
  void share(AbortSignal.abort());
  assert.equal(signals[0]?.aborted, true);
});

test('does nothing when a caller aborts after the work is done', async () => {
  const {done, signals, share} = createGatedShare();
  const abort = new AbortController();
  const answer = share(abort.signal);
  done[0]!('one');
  await answer;
  abort.abort();
  assert.equal(signals[0]?.aborted, false);
});
