import {maxTimerMs} from '../../domain/timer.js';

/** Calls `onDone` after any length of time. Returns the function that stops the timer. */
export const startLongTimer = (ms: number, onDone: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    const nextMs = Math.min(leftMs, maxTimerMs);
    timer = setTimeout(() => (leftMs > nextMs ? wait(leftMs - nextMs) : onDone()), nextMs);
  };
  wait(ms);
  return () => clearTimeout(timer);
};
