import {parseJson} from './parse-json.js';
import type {TransportResponse} from './transport.js';

/** The body of a response: JSON or other text. */
export type ResponseBody =
  | {readonly kind: 'json'; readonly value: unknown}
  | {readonly kind: 'text'; readonly value: string; readonly contentType: string}
  /** Declared as JSON but not valid: truncated or corrupted. */
  | {readonly kind: 'broken'};

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/i;

const parseJsonBody = (text: string): ResponseBody => {
  try {
    return {kind: 'json', value: parseJson(text)};
  } catch {
    return {kind: 'broken'};
  }
};

/** Decides by the content type, because a wrong URL returns the dashboard's page with status 200. */
export const parseBody = ({headers, body}: TransportResponse): ResponseBody => {
  const contentType = headers['content-type']?.trim() ?? '';
  if (jsonType.test(contentType)) {
    return parseJsonBody(body);
  }

  const guess = contentType === '' && body !== '' ? parseJsonBody(body) : undefined;
  return guess?.kind === 'json' ? guess : {kind: 'text', value: body, contentType: contentType || 'nothing'};
};
