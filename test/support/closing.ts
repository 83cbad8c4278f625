import {afterAll, afterEach} from 'vitest';

type Closable = {readonly close: () => unknown};
/** Waits for what is being started, registers it for closing, and returns it. */
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

/** Returns a function that registers what a test starts, to be closed after the test. */
export const closeAfterEach = (): Keep => closeBy(afterEach);

/** Like `closeAfterEach`, but for what the tests of a file share or start concurrently: it is closed after all of them. */
export const closeAfterAll = (): Keep => closeBy(afterAll);
