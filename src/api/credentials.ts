import type {Result} from '../domain/result.js';

/** Who we are to the server. Kept by `connection`, asked by every request; what it hands out is never shown. */
export type Credentials = {
  /** The value of the Authorization header; `undefined` where the server asks for none. */
  readonly authorization: (signal: AbortSignal) => Promise<Result<string | undefined>>;
  /** The server refused `rejected`. True when there is now another value to try, once. */
  readonly renew: (rejected: string | undefined, signal: AbortSignal) => Promise<Result<boolean>>;
};
