/**
 * Makes one piece of work of calls that come while it goes on: all get the same answer. The work is given up when every
 * caller has.
 */
export const shareWork = <A extends readonly unknown[], T>(
  work: (signal: AbortSignal, ...args: A) => Promise<T>,
): ((signal: AbortSignal, ...args: A) => Promise<T>) => {
  let current: {readonly promise: Promise<T>; readonly join: (signal: AbortSignal) => void} | undefined;

  const begin = (args: A) => {
    const abort = new AbortController();
    let waiting = 0;
    const join = (signal: AbortSignal) => {
      waiting += 1;
      const leave = () => {
        waiting -= 1;
        if (waiting === 0) {
          abort.abort();
        }
      };
      if (signal.aborted) {
        leave();
      } else {
        signal.addEventListener('abort', leave, {once: true, signal: abort.signal});
      }
    };
    const promise = work(abort.signal, ...args).finally(() => {
      current = undefined;
    });
    return {promise, join};
  };

  return async (signal, ...args) => {
    current ??= begin(args);
    current.join(signal);
    return current.promise;
  };
};
