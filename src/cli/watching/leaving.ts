import type {ExitCause} from './effects.js';

/** The way out of the screen: the first call of `leave` or `fail` decides. */
export type Leaving = ReturnType<typeof createExit>;

export const createExit = () => {
  let leave: (how: ExitCause) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const left = new Promise<ExitCause>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  return {left, leave: (how: ExitCause) => leave(how), fail: (error: unknown) => fail(error)};
};
