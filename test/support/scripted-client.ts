import type {Client} from '../../src/api/client.js';
import type {ApiResponse} from '../../src/api/response.js';
import type {Failure} from '../../src/domain/failure.js';
import type {Instant} from '../../src/domain/instant.js';
import type {HandClock} from './hand-clock.js';

type Method = Exclude<keyof Client, 'serverUrl'>;

/** A request that the client received. */
export type ScriptedRequest = {
  readonly method: Method;
  readonly args: readonly unknown[];
  readonly at: Instant;
  /** Neither settled by `respond` or `fail` nor aborted. */
  readonly isOpen: () => boolean;
  readonly isAborted: () => boolean;
  readonly respond: (value: unknown) => void;
  readonly fail: (failure: Failure) => void;
};

/** The immediate response; `undefined` leaves the request open. */
export type Script = (request: ScriptedRequest) => {readonly value: unknown} | {readonly failure: Failure} | undefined;

export type ScriptedClient = {
  readonly client: Client;
  readonly requests: ScriptedRequest[];
  readonly getOpenRequests: () => readonly ScriptedRequest[];
  readonly getRequests: (method: Method) => readonly ScriptedRequest[];
  /** The largest number of requests that were open at the same time. */
  readonly getMaxOpenCount: () => number;
};

/** A client that gives scripted responses and records its requests. An aborted request fails. */
export const createScriptedClient = (clock: HandClock, script: () => Script): ScriptedClient => {
  const requests: ScriptedRequest[] = [];
  let maxOpenCount = 0;

  const send = (method: Method, args: readonly unknown[], signal: AbortSignal): Promise<ApiResponse<unknown>> =>
    new Promise(resolve => {
      const at = clock.now();
      let isSettled = false;
      const settle = (response: ApiResponse<unknown>): void => {
        isSettled = true;
        resolve(response);
      };
      const fail = (failure: Failure) => settle({ok: false, failure});
      const request: ScriptedRequest = {
        method,
        args,
        at,
        isOpen: () => !isSettled && !signal.aborted,
        isAborted: () => signal.aborted,
        respond: value =>
          settle({ok: true, value, timing: {requestedAt: at, respondedAt: clock.now(), serverDateAt: undefined}}),
        fail,
      };
      requests.push(request);
      maxOpenCount = Math.max(maxOpenCount, requests.filter(other => other.isOpen()).length);
      signal.addEventListener('abort', () => fail({kind: 'unreachable', host: 'zenml', reason: 'aborted'}));
      const outcome = script()(request);
      if (outcome !== undefined) {
        'value' in outcome ? request.respond(outcome.value) : request.fail(outcome.failure);
      }
    });

  const client = new Proxy({} as Client, {
    get: (_, name) =>
      name === 'serverUrl'
        ? 'http://zenml.example'
        : (...args: readonly unknown[]) => send(name as Method, args.slice(0, -1), args.at(-1) as AbortSignal),
  });
  return {
    client,
    requests,
    getOpenRequests: () => requests.filter(request => request.isOpen()),
    getRequests: method => requests.filter(request => request.method === method),
    getMaxOpenCount: () => maxOpenCount,
  };
};
