import {encodeUrlPart} from '../domain/url-part.js';
import type {TransportRequest} from './transport.js';

/** Spaces as `%20`; a `+` is not taken for one by every server. */
export const buildRequestUrl = (serverUrl: string, {path, query}: Pick<TransportRequest, 'path' | 'query'>): URL => {
  const search = query.map(([name, value]) => `${encodeUrlPart(name)}=${encodeUrlPart(value)}`).join('&');
  return new URL(`${serverUrl.replace(/\/+$/, '')}/api/v1/${path}${search === '' ? '' : `?${search}`}`);
};

/**
 * Whether a redirect may carry the request on: to the same host, never from TLS to plain text, and never where it would
 * turn a POST into a GET. The token and the password go nowhere else.
 */
export const canFollowRedirect = (
  method: TransportRequest['method'],
  status: number,
  from: URL,
  location: string,
): boolean => {
  if (method !== 'GET' && status !== 307 && status !== 308) {
    return false;
  }

  if (!URL.canParse(location, from.href)) {
    return false;
  }

  const to = new URL(location, from);
  return to.hostname === from.hostname && (to.protocol === from.protocol || to.protocol === 'https:');
};
