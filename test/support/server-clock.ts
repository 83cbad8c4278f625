/** A clock for the demo server that starts so long ago, in milliseconds, and stands still until a test puts it forward. */
export const createServerClock = (agoMs = 0) => {
  let now = Date.now() - agoMs;
  return {
    clock: {now: () => now},
    pass: (ms: number) => {
      now += ms;
    },
  };
};
