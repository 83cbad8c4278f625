import type {Instant} from '../domain/instant.js';
import {maxTimerMs} from '../domain/timer.js';

/** A clock with timers. */
export type ReplayClock = {
  readonly now: () => Instant;
  /** Calls `wake` after `ms` milliseconds of this clock. Returns a function that cancels the call. */
  readonly after: (ms: number, wake: () => void) => () => void;
};

type PacedClock = ReplayClock & {
  /** Starts the clock. Until then it shows the start time, but timers already run. */
  readonly start: () => void;
};

/**
 * The clock of a replay on the screen. It starts at `startAt` and runs `speed` times as fast as `real` until `endAt`, where the
 * recording ends, and as fast as `real` after that.
 */
export const createPacedClock = (
  real: ReplayClock,
  {startAt, endAt, speed}: {readonly startAt: Instant; readonly endAt: Instant; readonly speed: number},
): PacedClock => {
  let realStartAt: Instant | undefined;
  /** Real time from the start to the end of the recording. */
  const realEndMs = (endAt - startAt) / speed;
  /** Real time from the start to an instant of this clock. */
  const getRealMs = (at: Instant): number => (at < endAt ? (at - startAt) / speed : realEndMs + at - endAt);
  const getPassedMs = (): number => (realStartAt === undefined ? 0 : real.now() - realStartAt);
  const now = (): Instant => {
    const passedMs = getPassedMs();
    return Math.floor(passedMs < realEndMs ? startAt + passedMs * speed : endAt + passedMs - realEndMs);
  };
  return {
    now,
    after: (ms, wake) => real.after(Math.min(maxTimerMs, Math.max(0, getRealMs(now() + ms) - getPassedMs())), wake),
    start: () => {
      realStartAt ??= real.now();
    },
  };
};

type Timer = {readonly at: Instant; readonly wake: () => void};

/**
 * The clock of a replay without a screen. It jumps to the next timer as soon as everything that the last one triggered is
 * done. `defer` calls back when nothing else is left to do, as `setImmediate` does.
 */
export const createJumpingClock = (startAt: Instant, defer: (proceed: () => void) => void): ReplayClock => {
  let now = startAt;
  let timers: readonly Timer[] = [];
  let isScheduled = false;

  const jump = (): void => {
    isScheduled = false;
    const next = timers.reduce<Timer | undefined>(
      (soonest, timer) => (soonest === undefined || timer.at < soonest.at ? timer : soonest),
      undefined,
    );
    if (next === undefined) {
      return;
    }

    timers = timers.filter(timer => timer !== next);
    now = Math.max(now, next.at);
    next.wake();
    scheduleJump();
  };

  const scheduleJump = (): void => {
    if (!isScheduled && timers.length > 0) {
      isScheduled = true;
      defer(jump);
    }
  };

  return {
    now: () => now,
    after: (ms, wake) => {
      const timer = {at: now + Math.max(0, ms), wake};
      timers = [...timers, timer];
      scheduleJump();
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
  };
};

/** A clock that always shows the same instant. Timers fire as soon as nothing else is left to do. */
export const createStoppedClock = (at: Instant, defer: (proceed: () => void) => void): ReplayClock => ({
  now: () => at,
  after: (_ms, wake) => {
    let isCancelled = false;
    defer(() => {
      if (!isCancelled) {
        wake();
      }
    });
    return () => {
      isCancelled = true;
    };
  },
});
