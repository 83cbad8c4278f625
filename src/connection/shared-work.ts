type SharedWork<T> = {readonly promise: Promise<T>; readonly join: (signal: AbortSignal) => void};

/** Starts the work; `forget` is called when it is done or aborted. */
const startWork = <T>(work: (signal: AbortSignal) => Promise<T>, forget: () => void): SharedWork<T> => {
  const abort = new AbortController();
  // A caller's signal may outlive many pieces of work, so the listeners are removed from it.
  const over = new AbortController();
  let waiting = 0;
  const leave = () => {
    waiting -= 1;
    if (waiting === 0) {
      forget();
      abort.abort();
    }
  };
  return {
    promise: work(abort.signal).finally(() => {
      forget();
      over.abort();
    }),
    join: signal => {
      waiting += 1;
      if (signal.aborted) {
        leave();
      } else {
        signal.addEventListener('abort', leave, {once: true, signal: over.signal});
      }
    },
  };
};

/**
 * Lets concurrent calls share one piece of work: all get the same result, whatever their arguments are. The work is aborted
 * once every caller has aborted.
 */
export const shareWork = <A extends readonly unknown[], T>(
  work: (signal: AbortSignal, ...args: A) => Promise<T>,
): ((signal: AbortSignal, ...args: A) => Promise<T>) => {
  let current: SharedWork<T> | undefined;

  return async (signal, ...args) => {
    if (current === undefined) {
      const mine: SharedWork<T> = startWork(
        async shared => work(shared, ...args),
        () => {
          current = current === mine ? undefined : current;
        },
      );
      current = mine;
    }

    const {promise, join} = current;
    join(signal);
    return promise;
  };
};
