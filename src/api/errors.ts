import type {Failure} from '../domain/failure.js';
import {bodyOf} from './body.js';
import {type ErrorWords, errorWordsOf} from './error-words.js';
import {retryAfterMsOf} from './retry-after.js';
import type {TransportAnswer} from './transport.js';

/**
 * While a dynamic run adds a step, servers from 0.92 to 0.95 answer 400 to a steps list (the step's row is there before
 * its configuration) and 500 to `/dag`. Asking again helps.
 */
const isPassing = (path: string, status: number, {detail}: ErrorWords): boolean =>
  (status === 400 && detail.startsWith('Unable to load the configuration for step')) ||
  (status === 500 && path.endsWith('/dag'));

const isMissingRoute = (status: number, {isPlainDetail, detail}: ErrorWords): boolean =>
  isPlainDetail && ((status === 404 && detail === 'Not Found') || (status === 405 && detail === 'Method Not Allowed'));

/** Statuses that a proxy, or a server that is just starting, gives with a page of its own. */
const isOfProxy = (status: number): boolean => status >= 500 || [407, 408, 413, 429].includes(status);

const refused = (path: string, answer: TransportAnswer, words: ErrorWords): Failure => ({
  kind: 'refused',
  status: answer.status,
  detail: words.detail,
  retryAfterMs: retryAfterMsOf(answer),
  requestId: answer.headers['x-request-id'],
  isPassing: isPassing(path, answer.status, words),
});

const noWords: ErrorWords = {className: undefined, detail: '', isPlainDetail: false, isBareList: false};

const ofWords = (path: string, answer: TransportAnswer, words: ErrorWords): Failure => {
  const {detail} = words;
  if (isMissingRoute(answer.status, words)) {
    return {kind: 'no-route', path};
  }

  switch (answer.status) {
    case 401:
      return {kind: 'not-signed-in', detail};
    case 403:
      return {kind: 'forbidden', detail};
    case 404:
      return words.className !== undefined || words.isPlainDetail
        ? {kind: 'not-found', detail}
        : refused(path, answer, words);
    default:
      return refused(path, answer, words);
  }
};

/** The failure that an answer with a status other than 2xx stands for. `path` is that of the request. */
export const failureOf = (path: string, answer: TransportAnswer): Failure => {
  const {status, headers} = answer;
  if (status >= 300 && status < 400) {
    const detail = `It sends us on to ${headers['location'] ?? 'nowhere'} instead of answering.`;
    return refused(path, answer, {...noWords, detail});
  }

  const body = bodyOf(answer);
  if (body.kind === 'json') {
    return ofWords(path, answer, errorWordsOf(body.value));
  }

  if (body.kind === 'text' && /\bhtml\b/i.test(body.contentType)) {
    return isOfProxy(status) ? refused(path, answer, noWords) : {kind: 'not-zenml', contentType: body.contentType};
  }

  if (isOfProxy(status)) {
    return refused(path, answer, body.kind === 'text' ? errorWordsOf(body.value) : noWords);
  }

  return {kind: 'not-zenml', contentType: body.kind === 'text' ? body.contentType : 'broken JSON'};
};

/** The words of an answer with an error status, for what a failure does not tell; none where it has no JSON. */
export const wordsOf = (answer: TransportAnswer): ErrorWords => {
  const body = bodyOf(answer);
  return body.kind === 'json' ? errorWordsOf(body.value) : noWords;
};
