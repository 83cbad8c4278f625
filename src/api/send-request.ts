import type {Failure} from '../domain/failure.js';
import type {Result} from '../domain/result.js';
import {parseBody} from './body.js';
import type {Credentials} from './credentials.js';
import type {ApiResponse} from './response.js';
import {createPageFailure, getErrorBody, getFailure} from './response-failure.js';
import type {Transport, TransportRequest, TransportResponse} from './transport.js';

/** A request without the Authorization header. */
export type ApiRequest = {
  readonly method?: TransportRequest['method'];
  readonly path: string;
  readonly query?: TransportRequest['query'];
  readonly json?: unknown;
  readonly idempotencyKey?: string;
  readonly onText?: TransportRequest['onText'];
};

export type SendRequest = (request: ApiRequest, signal: AbortSignal) => Promise<Result<TransportResponse>>;

/**
 * Whether another token may help. The server says so if it rejects the token (`CredentialsNotValid`) or there is
 * none (`Not authenticated`); an `AuthorizationException` comes back whatever token is sent.
 */
const canRenew = (response: TransportResponse): boolean => {
  if (response.status !== 401) {
    return false;
  }

  const {className, isPlainDetail} = getErrorBody(response);
  return className === 'CredentialsNotValid' || isPlainDetail;
};

/**
 * Creates a function that sends a request with the Authorization header and, if that is rejected, once more with a renewed one.
 * It returns the response whatever its status.
 */
export const createSendRequest =
  (transport: Transport, credentials: Credentials): SendRequest =>
  async ({method = 'GET', path, query = [], ...content}, signal) => {
    const send = async (authorization: string | undefined): Promise<Result<TransportResponse>> =>
      transport({method, path, query, authorization, ...content}, signal);

    const current = await credentials.getAuthorization(signal);
    if (!current.ok) {
      return current;
    }

    const first = await send(current.value);
    if (!first.ok || !canRenew(first.value)) {
      return first;
    }

    const renewed = await credentials.renew(current.value, signal);
    if (!renewed.ok || !renewed.value) {
      return renewed.ok ? first : renewed;
    }

    const fresh = await credentials.getAuthorization(signal);
    return fresh.ok ? send(fresh.value) : fresh;
  };

const isSuccess = ({status}: TransportResponse): boolean => status >= 200 && status < 300;

const createFailedResponse = (failure: Failure): {readonly ok: false; readonly failure: Failure} => ({
  ok: false,
  failure,
});

/** The response to `path`, decoded from JSON; `malformed` if `decode` cannot decode it. */
export const decodeResponse = <T>(
  path: string,
  result: Result<TransportResponse>,
  decode: (value: unknown) => T | undefined,
): ApiResponse<T> => {
  if (!result.ok) {
    return result;
  }

  if (!isSuccess(result.value)) {
    return createFailedResponse(getFailure(path, result.value));
  }

  const body = parseBody(result.value);
  if (body.kind === 'text') {
    return createFailedResponse(createPageFailure(body));
  }

  const value = body.kind === 'json' ? decode(body.value) : undefined;
  return value === undefined
    ? createFailedResponse({kind: 'malformed', where: path})
    : {ok: true, value, timing: result.value.timing};
};
