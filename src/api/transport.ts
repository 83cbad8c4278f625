import type {Result} from '../domain/result.js';
import type {Timing} from './response.js';

export type TransportRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1/`; with a leading slash, below the URL of the server itself. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A UUID: the server responds to a repeated POST with the same key as it did the first time. */
  readonly idempotencyKey?: string | undefined;
  readonly authorization: string | undefined;
  /** Receives the text of an event stream in chunks, for as long as the server keeps it open; `body` is then empty. */
  readonly onText?: ((text: string) => void) | undefined;
};

export type TransportResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timing: Timing;
};

/**
 * Sends one request to the server and returns the response, whatever its status. Fails only if there is no complete
 * response. `createHttpTransport` creates the implementation for HTTP; a replayed recording is another one.
 */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<Result<TransportResponse>>;
