import type {ExitCause} from './effects.js';

/** A request to leave the screen: the first call of `leave` or `fail` settles `cause`. */
export type ExitRequest = ReturnType<typeof createExitRequest>;

export const createExitRequest = () => {
  let leave: (how: ExitCause) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const cause = new Promise<ExitCause>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  return {cause, leave: (how: ExitCause) => leave(how), fail: (error: unknown) => fail(error)};
};
