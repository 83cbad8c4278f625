import type {Instant} from '../domain/instant.js';

/** Time and timers. */
export type ReplayClock = {
  readonly now: () => Instant;
  /** Wakes after `ms` of this clock; returns how to cancel that. */
  readonly after: (ms: number, wake: () => void) => () => void;
};

/** The longest that a timer of Node can wait, in milliseconds. */
const maxTimerMs = 2 ** 31 - 1;

export type PacedClock = ReplayClock & {
  /** Lets the time go on; until then it stands at the start, and waits take as long as they will. */
  readonly start: () => void;
};

/**
 * The clock of a replay that somebody watches: from `startAt` on `speed` times as fast as `real`, and as fast as that one
 * after `endAt`, where there is nothing more to see.
 */
export const createPacedClock = (
  real: ReplayClock,
  {startAt, endAt, speed}: {readonly startAt: Instant; readonly endAt: Instant; readonly speed: number},
): PacedClock => {
  let realStartAt: Instant | undefined;
  const toEndMs = (endAt - startAt) / speed;
  /** How long after the start that is, by the real clock. */
  const realMs = (at: Instant): number => (at < endAt ? (at - startAt) / speed : toEndMs + at - endAt);
  const passedMs = (): number => (realStartAt === undefined ? 0 : real.now() - realStartAt);
  const now = (): Instant => {
    const passed = passedMs();
    return Math.floor(passed < toEndMs ? startAt + passed * speed : endAt + passed - toEndMs);
  };
  return {
    now,
    after: (ms, wake) => real.after(Math.min(maxTimerMs, Math.max(0, realMs(now() + ms) - passedMs())), wake),
    start: () => {
      realStartAt ??= real.now();
    },
  };
};

type Timer = {readonly at: Instant; readonly wake: () => void};

/**
 * The clock of a replay that nobody waits for: it jumps from timer to timer, as soon as all that the last one set off is
 * done. `defer` calls back when nothing else is left to do, as `setImmediate` does.
 */
export const createJumpingClock = (startAt: Instant, defer: (proceed: () => void) => void): ReplayClock => {
  let now = startAt;
  let timers: readonly Timer[] = [];
  let isProceeding = false;

  const proceed = (): void => {
    isProceeding = false;
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
    proceedLater();
  };

  const proceedLater = (): void => {
    if (!isProceeding && timers.length > 0) {
      isProceeding = true;
      defer(proceed);
    }
  };

  return {
    now: () => now,
    after: (ms, wake) => {
      const timer = {at: now + Math.max(0, ms), wake};
      timers = [...timers, timer];
      proceedLater();
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
  };
};

/** A clock that stands at one instant: every wait is over at once, when nothing else is left to do. */
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
