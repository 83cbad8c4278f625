import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody, RecordedRequest, RecordedResponse} from './exchange.js';

/** An answer of the server and when it came. */
export type RecordedAnswer = {readonly answeredAt: Instant; readonly heard: RecordedResponse<RecordedBody>};

/** The answers of a recording as they came. */
export type RecordedAnswers = {
  /** To this very question: the newest by now, else the first one after. */
  readonly to: (request: RecordedRequest, now: Instant) => RecordedAnswer | undefined;
  /** To any question with this path. */
  readonly below: (path: string, now: Instant) => RecordedAnswer | undefined;
  /** The refusal that holds for a path by now: one that stood for longer than a moment. */
  readonly refusal: (path: string, now: Instant) => RecordedAnswer | undefined;
};

/** A refusal that was put right within this is a hiccup or a token that was renewed, in milliseconds. */
const maxHiccupMs = 2000;

const getRequestKey = ({method, path, query}: RecordedRequest): string =>
  JSON.stringify([method, path, query.map(([name, value]) => `${name}=${value}`).sort()]);

const isSuccessfulAnswer = ({heard}: RecordedAnswer): boolean => heard.status < 400;

const pickAnswer = (answers: readonly RecordedAnswer[] | undefined, now: Instant): RecordedAnswer | undefined =>
  answers?.findLast(({answeredAt}) => answeredAt <= now) ?? answers?.find(isSuccessfulAnswer) ?? answers?.[0];

const addToList = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const held = map.get(key);
  if (held === undefined) {
    map.set(key, [value]);
  } else {
    held.push(value);
  }
};

export const createRecordedAnswers = (exchanges: readonly Exchange<RecordedBody>[]): RecordedAnswers => {
  const byQuestion = new Map<string, RecordedAnswer[]>();
  const byPath = new Map<string, RecordedAnswer[]>();
  for (const {request, answeredAt, outcome} of exchanges) {
    if (outcome.kind === 'answer' && request.method === 'GET') {
      const answer = {answeredAt, heard: outcome};
      addToList(byQuestion, getRequestKey(request), answer);
      addToList(byPath, request.path, answer);
    }
  }

  return {
    to: (request, now) => pickAnswer(byQuestion.get(getRequestKey(request)), now),
    below: (path, now) => pickAnswer(byPath.get(path), now),
    refusal: (path, now) => {
      const answers = byPath.get(path) ?? [];
      const at = answers.findLastIndex(({answeredAt}) => answeredAt <= now);
      const last = answers[at];
      const next = answers[at + 1];
      if (last === undefined || isSuccessfulAnswer(last)) {
        return undefined;
      }

      const isMoment =
        next !== undefined && isSuccessfulAnswer(next) && next.answeredAt - last.answeredAt <= maxHiccupMs;
      return isMoment ? undefined : last;
    },
  };
};
