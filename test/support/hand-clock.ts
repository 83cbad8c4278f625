import type {Instant} from '../../src/domain/instant.js';
import type {Clock} from '../../src/poll/clock.js';
import {startOfRun} from './builders.js';

export type HandClock = Clock & {
  /** Advances the clock by this many milliseconds, firing each due timer at its own time. */
  readonly advance: (ms: number) => Promise<void>;
  /** The machine sleeps: time passes without timers firing. Negative: the clock is set back. */
  readonly jump: (ms: number) => void;
  /** The number of active timers. */
  readonly countTimers: () => number;
};

type Timer = {at: Instant; readonly wake: () => void};

/** Lets the callbacks of settled promises run. */
const flushPromises = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/**
 * A clock that moves only when a test advances it. `settle` resolves when everything that does not wait for the clock is done,
 * such as requests that are under way.
 */
export const createHandClock = (
  startAt: Instant = startOfRun,
  settle: () => Promise<void> = () => Promise.resolve(),
): HandClock => {
  const timers = new Set<Timer>();
  let now = startAt;

  const findNext = (until: Instant): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.at <= until && (first === undefined || timer.at < first.at)) {
        first = timer;
      }
    }

    return first;
  };

  const settleAll = async (): Promise<void> => {
    await flushPromises();
    await settle();
    await flushPromises();
  };

  return {
    now: () => now,
    after: (ms, wake) => {
      const timer = {at: now + Math.max(0, ms), wake};
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async ms => {
      const until = now + ms;
      await settleAll();
      for (let timer = findNext(until); timer; timer = findNext(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.wake();
        await settleAll();
      }

      now = until;
    },
    jump: ms => {
      now += ms;
      for (const timer of timers) {
        timer.at += ms;
      }
    },
    countTimers: () => timers.size,
  };
};
