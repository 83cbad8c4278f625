import {setTimeout} from 'node:timers/promises';

/** How long the first requests may take to be sent before the screen is loaded anyway, in milliseconds. */
const maxSendMs = 50;

/**
 * Loads the screen once `onSent` has been called, so that Ink and React load while the server works; at the latest when the run
 * or the list has been opened, or when connecting takes long.
 */
export const createScreenLoader = () => {
  let onSent = (): void => {};
  const sent = new Promise<void>(resolve => {
    onSent = resolve;
  });
  return {
    onSent,
    load: async (opened: Promise<unknown>) => {
      await Promise.race([sent, opened, setTimeout(maxSendMs)]);
      return import('../watching/watch-screen.js');
    },
  };
};
