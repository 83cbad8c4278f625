import type {TransportAnswer} from './transport.js';

/** What an answer holds: a JSON value, or a text that is none. */
export type AnswerBody =
  | {readonly kind: 'json'; readonly value: unknown}
  | {readonly kind: 'text'; readonly value: string; readonly contentType: string}
  /** It calls itself JSON and is none: cut short on the way, or mangled. */
  | {readonly kind: 'broken'};

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/i;

const parseJsonBody = (text: string): AnswerBody => {
  try {
    return {kind: 'json', value: JSON.parse(text)};
  } catch {
    return {kind: 'broken'};
  }
};

/** By its content type, because a wrong address answers 200 with the page of the dashboard. */
export const parseBody = ({headers, body}: TransportAnswer): AnswerBody => {
  const contentType = headers['content-type']?.trim() ?? '';
  if (jsonType.test(contentType)) {
    return parseJsonBody(body);
  }

  const guess = contentType === '' && body !== '' ? parseJsonBody(body) : undefined;
  return guess?.kind === 'json' ? guess : {kind: 'text', value: body, contentType: contentType || 'nothing'};
};
