import type {Instant} from '../domain/instant.js';
import type {Transport} from './transport.js';

/** Writes one line of a log: what happened, and its details. */
export type Log = (event: string, details: Readonly<Record<string, unknown>>) => void;

/** A transport that logs every request, how long it took, the size of its response and why it failed; never a body. */
export const logRequests =
  (transport: Transport, log: Log, now: () => Instant): Transport =>
  async (request, signal) => {
    const startedAt = now();
    const response = await transport(request, signal);
    const {method, path, query} = request;
    log('request', {
      method,
      path,
      query: query.map(([name, value]) => `${name}=${value}`).join('&'),
      ms: now() - startedAt,
      ...(response.ok
        ? {status: response.value.status, bytes: Buffer.byteLength(response.value.body)}
        : {failure: response.failure}),
    });
    return response;
  };
