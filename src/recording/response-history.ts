import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody, RecordedRequest, RecordedResponse} from './exchange.js';

/** A response of the server and when it was received. */
type TimedResponse = {readonly respondedAt: Instant; readonly response: RecordedResponse<RecordedBody>};

/** The responses to GET requests in a recording, unchanged. */
export type ResponseHistory = {
  /** A response to exactly this request: the newest received by `now`, or else the first success, or else the first error. */
  readonly findResponse: (request: RecordedRequest, now: Instant) => TimedResponse | undefined;
  /** A response to any request with this path, chosen in the same way. */
  readonly findResponseByPath: (path: string, now: Instant) => TimedResponse | undefined;
  /** The error that the server returned for a path at `now`, unless it was only a hiccup. */
  readonly findRefusal: (path: string, now: Instant) => TimedResponse | undefined;
};

/** An error followed by a success within this time, in milliseconds, is a hiccup or a token that had to be renewed. */
const maxHiccupMs = 2000;

const getRequestKey = ({method, path, query}: RecordedRequest): string =>
  JSON.stringify([method, path, query.map(([name, value]) => `${name}=${value}`).sort()]);

const isSuccess = ({response}: TimedResponse): boolean => response.status < 400;

const pickResponse = (responses: readonly TimedResponse[] | undefined, now: Instant): TimedResponse | undefined =>
  responses?.findLast(({respondedAt}) => respondedAt <= now) ?? responses?.find(isSuccess) ?? responses?.[0];

const addToList = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
};

export const createResponseHistory = (exchanges: readonly Exchange<RecordedBody>[]): ResponseHistory => {
  const responsesByRequest = new Map<string, TimedResponse[]>();
  const responsesByPath = new Map<string, TimedResponse[]>();
  for (const {request, respondedAt, outcome} of exchanges) {
    if (outcome.kind === 'response' && request.method === 'GET') {
      const timedResponse = {respondedAt, response: outcome};
      addToList(responsesByRequest, getRequestKey(request), timedResponse);
      addToList(responsesByPath, request.path, timedResponse);
    }
  }

  return {
    findResponse: (request, now) => pickResponse(responsesByRequest.get(getRequestKey(request)), now),
    findResponseByPath: (path, now) => pickResponse(responsesByPath.get(path), now),
    findRefusal: (path, now) => {
      const responses = responsesByPath.get(path) ?? [];
      const at = responses.findLastIndex(({respondedAt}) => respondedAt <= now);
      const last = responses[at];
      const next = responses[at + 1];
      if (last === undefined || isSuccess(last)) {
        return undefined;
      }

      const isHiccup = next !== undefined && isSuccess(next) && next.respondedAt - last.respondedAt <= maxHiccupMs;
      return isHiccup ? undefined : last;
    },
  };
};
