import {encodeUrlPart} from '../domain/url-part.js';
import type {TransportRequest} from './transport.js';

/**
 * The URL of a request. A path with a leading slash is not below `/api/v1/`. Spaces are encoded as `%20`, since not every server
 * takes a `+` for a space.
 */
export const buildRequestUrl = (serverUrl: string, {path, query}: Pick<TransportRequest, 'path' | 'query'>): URL => {
  const search = query.map(([name, value]) => `${encodeUrlPart(name)}=${encodeUrlPart(value)}`).join('&');
  const fullPath = path.startsWith('/') ? path : `/api/v1/${path}`;
  return new URL(`${serverUrl.replace(/\/+$/, '')}${fullPath}${search === '' ? '' : `?${search}`}`);
};

/**
 * Whether to follow a redirect: only to the same host and port, where the token may be sent, or from http to https on their
 * standard ports; never from TLS to plain text, and never if that would turn a POST into a GET. Python's requests, which
 * ZenML's client uses, drops the token if the host, port or scheme changes in any other way.
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
  return to.host === from.host && (to.protocol === from.protocol || to.protocol === 'https:');
};
