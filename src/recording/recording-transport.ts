import type {Transport, TransportRequest} from '../api/transport.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange} from './exchange.js';

/** What is asked only to be let in: neither question nor answer is kept. */
const signInPaths = new Set(['login', 'logout', 'api_token', 'device_authorization', 'devices']);

const isSignIn = ({path, form}: TransportRequest): boolean =>
  form !== undefined || signInPaths.has(path.split('/')[0] ?? '') || path.includes('api_keys');

/**
 * The same transport, with each exchange told to `keep` as well: what was asked without its body and its Authorization,
 * and what came. Nothing is kept of signing in, nor of a request that was given up.
 */
export const createRecordingTransport =
  (transport: Transport, now: () => Instant, keep: (exchange: Exchange<string>) => void): Transport =>
  async (request, signal) => {
    const askedAt = now();
    const result = await transport(request, signal);
    if (isSignIn(request) || (!result.ok && signal.aborted)) {
      return result;
    }

    const {method, path, query} = request;
    if (result.ok) {
      const {status, headers, body, timing} = result.value;
      const {askedAt, answeredAt, serverDateAt} = timing;
      const outcome = {kind: 'answer', status, headers, body, serverDateAt} as const;
      keep({request: {method, path, query}, askedAt, answeredAt, outcome});
    } else {
      const outcome = {kind: 'failure', failure: result.failure} as const;
      keep({request: {method, path, query}, askedAt, answeredAt: now(), outcome});
    }

    return result;
  };
