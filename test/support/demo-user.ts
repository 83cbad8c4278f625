import {afterEach} from 'vitest';
import type {ScreenSize} from '../../src/store/state.js';
import {createUser} from './journey.js';
import {type PolledDemo, startPolledDemo} from './polled.js';

export type DemoUser = ReturnType<typeof createUser>;

/** Lets the tests of a file act as users who watch runs of the demo server, which is stopped after each test. */
export const setUpDemoUser = () => {
  let demo: PolledDemo | undefined;
  afterEach(async () => {
    await demo?.stop();
    demo = undefined;
  });
  return {
    /** Resolves with a user who opened the run this many seconds ago. */
    open: async (scenario: string, size: ScreenSize, seconds: number): Promise<DemoUser> => {
      demo = await startPolledDemo({scenario, size});
      await demo.clock.advance(seconds * 1000);
      return createUser(demo.store);
    },
    pass: async (seconds: number): Promise<void> => demo?.clock.advance(seconds * 1000),
  };
};
