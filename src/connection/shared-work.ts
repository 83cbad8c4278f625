type SharedWork<T> = {readonly promise: Promise<T>; readonly join: (signal: AbortSignal) => void};

/** Starts the work; `forget` is called when it is done or aborted. */
const startWork = <T>(work: (signal: AbortSignal) => Promise<T>, forget: () => void): SharedWork<T> => {
  const abort = new AbortController();
  // A caller's signal may outlive many pieces of work, so the listeners are removed from it.
  const endOfWork = new AbortController();
  let callerCount = 0;
  const leave = () => {
    callerCount -= 1;
    if (callerCount === 0) {
      forget();
      abort.abort();
    }
  };
  return {
    promise: work(abort.signal).finally(() => {
      forget();
      endOfWork.abort();
    }),
    join: signal => {
      callerCount += 1;
      if (signal.aborted) {
        leave();
      } else {
        signal.addEventListener('abort', leave, {once: true, signal: endOfWork.signal});
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
