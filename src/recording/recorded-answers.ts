import type {Instant} from '../domain/instant.js';
import type {Exchange, Heard, RecordedBody, RecordedRequest} from './exchange.js';

/** An answer of the server and when it came. */
export type RecordedAnswer = {readonly answeredAt: Instant; readonly heard: Heard<RecordedBody>};

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
const momentMs = 2000;

const keyOf = ({method, path, query}: RecordedRequest): string =>
  JSON.stringify([method, path, query.map(([name, value]) => `${name}=${value}`).sort()]);

const isGood = ({heard}: RecordedAnswer): boolean => heard.status < 400;

const chosen = (answers: readonly RecordedAnswer[] | undefined, now: Instant): RecordedAnswer | undefined =>
  answers?.findLast(({answeredAt}) => answeredAt <= now) ?? answers?.find(isGood) ?? answers?.[0];

const withAdded = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const held = map.get(key);
  if (held === undefined) {
    map.set(key, [value]);
  } else {
    held.push(value);
  }
};

export const recordedAnswers = (exchanges: readonly Exchange<RecordedBody>[]): RecordedAnswers => {
  const byQuestion = new Map<string, RecordedAnswer[]>();
  const byPath = new Map<string, RecordedAnswer[]>();
  for (const {request, answeredAt, outcome} of exchanges) {
    if (outcome.kind === 'answer' && request.method === 'GET') {
      const answer = {answeredAt, heard: outcome};
      withAdded(byQuestion, keyOf(request), answer);
      withAdded(byPath, request.path, answer);
    }
  }

  return {
    to: (request, now) => chosen(byQuestion.get(keyOf(request)), now),
    below: (path, now) => chosen(byPath.get(path), now),
    refusal: (path, now) => {
      const answers = byPath.get(path) ?? [];
      const at = answers.findLastIndex(({answeredAt}) => answeredAt <= now);
      const last = answers[at];
      const next = answers[at + 1];
      if (last === undefined || isGood(last)) {
        return undefined;
      }

      const isMoment = next !== undefined && isGood(next) && next.answeredAt - last.answeredAt <= momentMs;
      return isMoment ? undefined : last;
    },
  };
};
