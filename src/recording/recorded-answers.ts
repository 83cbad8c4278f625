import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody, RecordedRequest, RecordedResponse} from './exchange.js';

/** An answer of the server and when it was received. */
export type RecordedAnswer = {readonly answeredAt: Instant; readonly response: RecordedResponse<RecordedBody>};

/** The answers of a recording, unchanged. */
export type RecordedAnswers = {
  /** An answer to exactly this request: the newest received by `now`, or else the first one after it. */
  readonly findAnswer: (request: RecordedRequest, now: Instant) => RecordedAnswer | undefined;
  /** An answer to any request with this path, chosen in the same way. */
  readonly findAnswerByPath: (path: string, now: Instant) => RecordedAnswer | undefined;
  /** The error that a path is answered with at `now`, unless it was only a hiccup. */
  readonly findRefusal: (path: string, now: Instant) => RecordedAnswer | undefined;
};

/** An error followed by a success within this time, in milliseconds, is a hiccup or a token that had to be renewed. */
const maxHiccupMs = 2000;

const getRequestKey = ({method, path, query}: RecordedRequest): string =>
  JSON.stringify([method, path, query.map(([name, value]) => `${name}=${value}`).sort()]);

const isSuccessfulAnswer = ({response}: RecordedAnswer): boolean => response.status < 400;

const pickAnswer = (answers: readonly RecordedAnswer[] | undefined, now: Instant): RecordedAnswer | undefined =>
  answers?.findLast(({answeredAt}) => answeredAt <= now) ?? answers?.find(isSuccessfulAnswer) ?? answers?.[0];

const addToList = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
};

export const createRecordedAnswers = (exchanges: readonly Exchange<RecordedBody>[]): RecordedAnswers => {
  const answersByRequest = new Map<string, RecordedAnswer[]>();
  const answersByPath = new Map<string, RecordedAnswer[]>();
  for (const {request, answeredAt, outcome} of exchanges) {
    if (outcome.kind === 'answer' && request.method === 'GET') {
      const answer = {answeredAt, response: outcome};
      addToList(answersByRequest, getRequestKey(request), answer);
      addToList(answersByPath, request.path, answer);
    }
  }

  return {
    findAnswer: (request, now) => pickAnswer(answersByRequest.get(getRequestKey(request)), now),
    findAnswerByPath: (path, now) => pickAnswer(answersByPath.get(path), now),
    findRefusal: (path, now) => {
      const answers = answersByPath.get(path) ?? [];
      const at = answers.findLastIndex(({answeredAt}) => answeredAt <= now);
      const last = answers[at];
      const next = answers[at + 1];
      if (last === undefined || isSuccessfulAnswer(last)) {
        return undefined;
      }

      const isHiccup =
        next !== undefined && isSuccessfulAnswer(next) && next.answeredAt - last.answeredAt <= maxHiccupMs;
      return isHiccup ? undefined : last;
    },
  };
};
