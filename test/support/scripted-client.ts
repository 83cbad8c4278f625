import type {Answer} from '../../src/api/answer.js';
import type {Client} from '../../src/api/client.js';
import type {Failure} from '../../src/domain/failure.js';
import type {Instant} from '../../src/domain/instant.js';
import type {HandClock} from './hand-clock.js';

type Method = Exclude<keyof Client, 'serverUrl'>;

/** A request that the client received. */
export type ScriptedRequest = {
  readonly method: Method;
  readonly args: readonly unknown[];
  readonly at: Instant;
  /** Neither answered nor aborted. */
  readonly isOpen: () => boolean;
  readonly isGivenUp: () => boolean;
  readonly answer: (value: unknown) => void;
  readonly fail: (failure: Failure) => void;
};

/** The immediate answer; `undefined` leaves the request open. */
export type Script = (request: ScriptedRequest) => {readonly value: unknown} | {readonly failure: Failure} | undefined;

export type ScriptedClient = {
  readonly client: Client;
  readonly requests: ScriptedRequest[];
  readonly open: () => readonly ScriptedRequest[];
  readonly getRequests: (method: Method) => readonly ScriptedRequest[];
  /** The most requests that were open at once so far. */
  readonly getMostOpen: () => number;
};

/** A client that gives scripted answers and records its requests. An aborted request fails. */
export const createScriptedClient = (clock: HandClock, script: () => Script): ScriptedClient => {
  const requests: ScriptedRequest[] = [];
  let mostOpen = 0;

  const send = (method: Method, args: readonly unknown[], signal: AbortSignal): Promise<Answer<unknown>> =>
    new Promise(resolve => {
      const at = clock.now();
      let isAnswered = false;
      const settle = (answer: Answer<unknown>): void => {
        isAnswered = true;
        resolve(answer);
      };
      const fail = (failure: Failure) => settle({ok: false, failure});
      const request: ScriptedRequest = {
        method,
        args,
        at,
        isOpen: () => !isAnswered && !signal.aborted,
        isGivenUp: () => signal.aborted,
        answer: value =>
          settle({ok: true, value, timing: {requestedAt: at, answeredAt: clock.now(), serverDateAt: undefined}}),
        fail,
      };
      requests.push(request);
      mostOpen = Math.max(mostOpen, requests.filter(other => other.isOpen()).length);
      signal.addEventListener('abort', () => fail({kind: 'unreachable', host: 'zenml', reason: 'given up'}));
      const said = script()(request);
      if (said !== undefined) {
        'value' in said ? request.answer(said.value) : request.fail(said.failure);
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
    open: () => requests.filter(request => request.isOpen()),
    getRequests: method => requests.filter(request => request.method === method),
    getMostOpen: () => mostOpen,
  };
};
