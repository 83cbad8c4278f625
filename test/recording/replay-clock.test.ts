import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {createJumpingClock, createPacedClock, createStoppedClock} from '../../src/recording/replay-clock.js';
import {createHandClock} from '../support/hand-clock.js';

describe('the clock of a replay on the screen', () => {
  test('runs at the given speed, and in real time after the end', async () => {
    const real = createHandClock(1_000_000);
    const clock = createPacedClock(real, {startAt: 0, endAt: 60_000, speed: 10});
    clock.start();
    assert.equal(clock.now(), 0);
    await real.advance(3000);
    assert.equal(clock.now(), 30_000);
    await real.advance(5000);
    assert.equal(clock.now(), 62_000);
  });

  test('shows the start time until it is started, but its timers run', async () => {
    const real = createHandClock(0);
    const clock = createPacedClock(real, {startAt: 0, endAt: 60_000, speed: 10});
    let callCount = 0;
    clock.after(50, () => callCount++);
    await real.advance(3000);
    assert.deepEqual({callCount, now: clock.now()}, {callCount: 1, now: 0});
    clock.start();
    await real.advance(1000);
    clock.start();
    assert.equal(clock.now(), 10_000);
  });

  test('fires timers by its own time, even past the end', async () => {
    const real = createHandClock(0);
    const clock = createPacedClock(real, {startAt: 0, endAt: 10_000, speed: 10});
    clock.start();
    const firedAt: number[] = [];
    for (const ms of [5000, 10_000, 12_000]) {
      clock.after(ms, () => firedAt.push(real.now()));
    }

    clock.after(5000, () => assert.fail())();
    await real.advance(5000);
    assert.deepEqual(firedAt, [500, 1000, 3000]);
  });

  test('never sets a timer longer than Node.js supports', () => {
    const waits: number[] = [];
    const after = (ms: number) => {
      waits.push(ms);
      return () => {};
    };
    const real = {now: () => 0, after};
    createPacedClock(real, {startAt: 0, endAt: 1, speed: 0.001}).after(1e12, () => {});
    assert.ok(waits[0]! < 2 ** 31);
  });
});

describe('the clock of a replay without a screen', () => {
  test('jumps from timer to timer, one at a time', async () => {
    const clock = createJumpingClock(1000, setImmediate);
    const calls: string[] = [];
    await new Promise<void>(resolve => {
      clock.after(86_400_000, resolve);
      clock.after(5000, async () => {
        await Promise.resolve();
        clock.after(1000, () => calls.push(`third ${clock.now()}`));
      });
      clock.after(5000, () => calls.push(`second ${clock.now()}`));
      clock.after(1000, () => calls.push(`first ${clock.now()}`));
      clock.after(2000, () => assert.fail())();
    });
    assert.deepEqual(calls, ['first 2000', 'second 6000', 'third 7000']);
    assert.equal(clock.now(), 86_401_000);
  });
});

describe('a stopped clock', () => {
  test('fires timers immediately and always shows the same time', async () => {
    const clock = createStoppedClock(7, setImmediate);
    clock.after(1, () => assert.fail())();
    await new Promise<void>(resolve => {
      clock.after(60_000, resolve);
    });
    assert.equal(clock.now(), 7);
  });
});
