import type {Clock} from '../../poll/clock.js';

/** Resolves after `ms`, or as soon as the signal aborts. */
export const pause = (ms: number, signal: AbortSignal, clock: Clock): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal.addEventListener('abort', finish, {once: true});
    if (signal.aborted) {
      finish();
    }
  });
