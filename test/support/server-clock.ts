/** A clock for the demo server that starts `agoMs` milliseconds ago and moves only when a test advances it. */
export const createServerClock = (agoMs = 0) => {
  let now = Date.now() - agoMs;
  return {
    clock: {now: () => now},
    pass: (ms: number) => {
      now += ms;
    },
  };
};
