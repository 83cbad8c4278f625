import {afterAll, afterEach} from 'vitest';

type Closable = {readonly close: () => unknown};
/** Passes on what is being started, once it runs. */
type Keep = <T extends Closable>(starting: T | Promise<T>) => Promise<T>;

const closeBy = (register: (close: () => Promise<void>) => void): Keep => {
  const open: Closable[] = [];
  register(async () => {
    await Promise.all(open.splice(0).map(each => each.close()));
  });
  return async starting => {
    const started = await starting;
    open.push(started);
    return started;
  };
};

/** Returns a function for everything that a test starts, which is closed after the test. */
export const closeAfterEach = (): Keep => closeBy(afterEach);

/** The same for what the tests of a file share, or start at the same time: it is closed after all of them. */
export const closeAfterAll = (): Keep => closeBy(afterAll);
