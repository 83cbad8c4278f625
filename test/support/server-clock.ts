import {type DemoServer, type DemoServerOptions, startDemoServer} from './demo-server.js';

/** A clock for the demo server that starts `agoMs` milliseconds in the past and moves only when a test advances it. */
export const createServerClock = (agoMs = 0) => {
  let now = Date.now() - agoMs;
  return {
    clock: {now: () => now},
    pass: (ms: number) => {
      now += ms;
    },
  };
};

/** A demo server whose clock was stopped `passedMs` milliseconds after its start, which was `agoMs` milliseconds ago. */
export const startStoppedDemo = async (
  options: Omit<DemoServerOptions, 'clock'>,
  passedMs: number,
  agoMs = 0,
): Promise<DemoServer> => {
  const {clock, pass} = createServerClock(agoMs);
  const server = await startDemoServer({...options, clock});
  pass(passedMs);
  return server;
};
