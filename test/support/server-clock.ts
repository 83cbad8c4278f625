/** A clock for the demo server that stands still until a test puts it forward. */
export const createServerClock = () => {
  let now = Date.now();
  return {
    clock: {now: () => now},
    pass: (ms: number) => {
      now += ms;
    },
  };
};
