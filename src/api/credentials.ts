import type {Result} from '../domain/result.js';

/**
 * How to authenticate to the server. `connection` creates them and every request uses them; their values are never
 * shown.
 */
export type Credentials = {
  /** The value of the Authorization header; `undefined` if the server needs none. */
  readonly getAuthorization: (signal: AbortSignal) => Promise<Result<string | undefined>>;
  /** To be called when the server has refused `rejected`. Returns true if there is now another value to try, once. */
  readonly renew: (rejected: string | undefined, signal: AbortSignal) => Promise<Result<boolean>>;
};
