/** A server's URL, or why the text is not one. A part of the text that may be a password is never repeated. */
type ServerUrl =
  | {readonly ok: true; readonly url: string}
  | {readonly ok: false; readonly reason: string; readonly hint: string};

const isLocalAddress = (text: string): boolean => /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(text);

/** The text without surrounding whitespace and quotes, which are often copied along with it. */
export const removeQuotes = (text: string): string =>
  text
    .trim()
    .replace(/^["'`\u2018-\u201f\u00ab]+|["'`\u2018-\u201f\u00bb]+$/g, '')
    .trim();

/** A URL that is safe to show: a user name and password become `***`, the query is cut off. */
export const maskUrl = (text: string): string =>
  text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1***@').replace(/[?#].*$/s, '');

/**
 * Normalizes a server's URL: no trailing slash, no query, no `/api/v1…`. A path before that is kept, since servers may be
 * served under a prefix. Equal URLs give equal texts.
 */
export const parseServerUrl = (text: string): ServerUrl => {
  const trimmed = removeQuotes(text);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    const address = maskUrl(trimmed).replace(/^.*@/, '');
    const scheme = isLocalAddress(address) ? 'http' : 'https';
    return {ok: false, reason: 'missing http:// or https://', hint: `Did you mean ${scheme}://${address}?`};
  }

  if (!URL.canParse(trimmed)) {
    return {
      ok: false,
      reason: 'not a URL',
      hint: 'Expected https://host or https://host/path.',
    };
  }

  const url = new URL(trimmed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return {
      ok: false,
      reason: 'not an http:// or https:// URL',
      hint: 'Expected https://host or https://host/path.',
    };
  }

  if (url.username !== '' || url.password !== '') {
    return {
      ok: false,
      reason: 'the URL contains a user name or password',
      hint: 'Remove them and set ZENML_STORE_USERNAME and ZENML_STORE_PASSWORD, or use --api-key-file.',
    };
  }

  const path = url.pathname.replace(/\/api\/v1(?:\/.*)?$/, '').replace(/\/+$/, '');
  return {ok: true, url: url.origin + path};
};

/** All names of this machine are equivalent: whichever one a server listens on, none of the others leads to a different server. */
const replaceLoopback = (url: string): string =>
  url.replace(/^(https?:\/\/)(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/]|$)/, '$1localhost');

/** Whether two texts are URLs of the same server. All names of this machine count as one. */
export const isSameServer = (a: string, b: string): boolean => {
  const [one, other] = [parseServerUrl(a), parseServerUrl(b)];
  return one.ok && other.ok && replaceLoopback(one.url) === replaceLoopback(other.url);
};
