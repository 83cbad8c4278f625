type Timers = {readonly after: (ms: number, wake: () => void) => () => void};

/** Resolves after `ms`, or as soon as the signal aborts. */
export const pause = (ms: number, signal: AbortSignal, {after}: Timers): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = after(ms, finish);
    signal.addEventListener('abort', finish, {once: true});
    if (signal.aborted) {
      finish();
    }
  });
