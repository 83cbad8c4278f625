import assert from 'node:assert/strict';
import {test} from 'vitest';
import {shareWork} from '../../src/connection/shared-work.js';

const createGatedShare = () => {
  const resolvers: ((value: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  const share = shareWork(async signal => {
    signals.push(signal);
    return new Promise<string>(resolve => {
      resolvers.push(resolve);
    });
  });
  return {resolvers, signals, share};
};

test('shares the result with concurrent calls, and starts again for a later one', async () => {
  const {resolvers, share} = createGatedShare();
  const {signal} = new AbortController();
  const two = [share(signal), share(signal)];
  resolvers[0]!('one');
  assert.deepEqual(await Promise.all(two), ['one', 'one']);
  const later = share(signal);
  resolvers[1]!('two');
  assert.equal(await later, 'two');
  assert.equal(resolvers.length, 2);
});

test('does not share aborted work with the next caller', async () => {
  const {resolvers, signals, share} = createGatedShare();
  const abort = new AbortController();
  void share(abort.signal);
  abort.abort();
  assert.equal(signals[0]?.aborted, true);
  const next = share(new AbortController().signal);
  assert.equal(signals[1]?.aborted, false);
  resolvers[0]!('given up');
  resolvers[1]!('fresh');
  assert.equal(await next, 'fresh');
});

test('aborts the work at once if its only caller has already aborted', () => {
  const {signals, share} = createGatedShare();
  void share(AbortSignal.abort());
  assert.equal(signals[0]?.aborted, true);
});

test('does nothing when a caller aborts after the work is done', async () => {
  const {resolvers, signals, share} = createGatedShare();
  const abort = new AbortController();
  const response = share(abort.signal);
  resolvers[0]!('one');
  await response;
  abort.abort();
  assert.equal(signals[0]?.aborted, false);
});
