import type {Transport, TransportRequest} from '../api/transport.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange} from './exchange.js';

/** First parts of the paths of requests for signing in. Neither these requests nor their responses are recorded. */
const signInPaths = new Set(['login', 'logout', 'api_token', 'device_authorization', 'devices']);

const isSignIn = ({path, form}: TransportRequest): boolean =>
  form !== undefined || signInPaths.has(path.split('/')[0] ?? '') || path.includes('api_keys');

/**
 * Wraps a transport and passes each exchange to `record`, without the body and the Authorization header of the request.
 * Sign-in requests, aborted requests and streams are not recorded.
 */
export const createRecordingTransport =
  (transport: Transport, now: () => Instant, record: (exchange: Exchange<string>) => void): Transport =>
  async (request, signal) => {
    const requestedAt = now();
    const result = await transport(request, signal);
    if (isSignIn(request) || request.onText !== undefined || (!result.ok && signal.aborted)) {
      return result;
    }

    const {method, path, query} = request;
    const recordedRequest = {method, path, query};
    if (result.ok) {
      const {status, headers, body, timing} = result.value;
      const outcome = {kind: 'response', status, headers, body, serverDateAt: timing.serverDateAt} as const;
      record({request: recordedRequest, requestedAt: timing.requestedAt, respondedAt: timing.respondedAt, outcome});
    } else {
      record({
        request: recordedRequest,
        requestedAt,
        respondedAt: now(),
        outcome: {kind: 'failure', failure: result.failure},
      });
    }

    return result;
  };
