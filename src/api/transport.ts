import type {Result} from '../domain/result.js';
import type {Timing} from './answer.js';

export type TransportRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1/`; with a leading slash, below the URL of the server itself. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A UUID: the server answers a repeated POST with the same key as it did the first time. */
  readonly idempotencyKey?: string | undefined;
  readonly authorization: string | undefined;
  /** Takes the body of a successful response piece by piece, for as long as the server keeps it open; the response's own is then empty. */
  readonly onText?: ((text: string) => void) | undefined;
};

export type TransportAnswer = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timing: Timing;
};

/**
 * Sends one request to the server and returns the response, whatever its status. Fails only if there is no complete
 * response. The one over HTTP is created by `createHttpTransport`; a recording is another.
 */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<Result<TransportAnswer>>;
