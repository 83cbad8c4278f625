import type {TransportRequest} from '../api/transport.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

/** A request as it is recorded: without its body and its Authorization header. */
export type RecordedRequest = Pick<TransportRequest, 'method' | 'path' | 'query'>;

/** A request and its outcome. The body is the text that was received, or a `RecordedBody` read from a file. */
export type Exchange<Body> = {
  readonly request: RecordedRequest;
  /** By the local clock. */
  readonly requestedAt: Instant;
  /** When the response was received or the request failed, by the local clock. */
  readonly respondedAt: Instant;
  readonly outcome: RecordedResponse<Body> | {readonly kind: 'failure'; readonly failure: Failure};
};

export type RecordedResponse<Body> = {
  readonly kind: 'response';
  readonly status: number;
  /** With lower-case names. A file contains only `keptHeaders` of them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** By the server's clock, from its `Date` header. */
  readonly serverDateAt: Instant | undefined;
};

/** The headers that zentop uses, and that a recording therefore keeps. */
export const keptHeaders = ['content-type', 'retry-after', 'x-request-id', 'location'] as const;

/** A JSON value, or a text that is not JSON. */
export type RecordedBody =
  | {readonly kind: 'json'; readonly value: unknown}
  | {readonly kind: 'text'; readonly value: string};
