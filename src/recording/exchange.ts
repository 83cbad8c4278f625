import type {TransportRequest} from '../api/transport.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

/** A request as it is kept: neither its body nor the header that says who asked. */
export type RecordedRequest = Pick<TransportRequest, 'method' | 'path' | 'query'>;

/** One request and what came of it. A body is the text that came, or what was read back from a file. */
export type Exchange<Body> = {
  readonly request: RecordedRequest;
  /** By our clock. */
  readonly askedAt: Instant;
  readonly answeredAt: Instant;
  readonly outcome: RecordedResponse<Body> | {readonly kind: 'failure'; readonly failure: Failure};
};

export type RecordedResponse<Body> = {
  readonly kind: 'answer';
  readonly status: number;
  /** Lower-case names; only those that are kept. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly serverDateAt: Instant | undefined;
};

/** The headers that mean something to the program. */
export const keptHeaders = ['content-type', 'retry-after', 'x-request-id', 'location'] as const;

/** A body read back: a JSON value, or a text that was none. */
export type RecordedBody =
  | {readonly kind: 'json'; readonly value: unknown}
  | {readonly kind: 'text'; readonly value: string};
