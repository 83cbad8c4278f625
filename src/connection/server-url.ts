/** A server's address, or why the text is none. `text` is never repeated where it may hold a password. */
export type ServerUrl =
  | {readonly ok: true; readonly url: string}
  | {readonly ok: false; readonly why: string; readonly way: string};

const isLocalAddress = (text: string): boolean => /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(text);

/** An address fit to be shown: a user name and password inside become `***`, a query is cut off. */
export const maskUrl = (text: string): string =>
  text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1***@').replace(/[?#].*$/s, '');

/**
 * Normalises a server's address: no slash at the end, no query, no `/api/v1…`. A path in front of it stays: servers
 * live behind prefixes too. Equal addresses give equal texts.
 */
export const parseServerUrl = (text: string): ServerUrl => {
  const trimmed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    const rest = maskUrl(trimmed).replace(/^.*@/, '');
    const scheme = isLocalAddress(rest) ? 'http' : 'https';
    return {ok: false, why: `“${maskUrl(trimmed)}” is not a URL: it has no scheme`, way: `Write ${scheme}://${rest}`};
  }

  if (!URL.canParse(trimmed)) {
    return {
      ok: false,
      why: `“${maskUrl(trimmed)}” is not a URL`,
      way: 'Write it as https://host or https://host/path',
    };
  }

  const url = new URL(trimmed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return {
      ok: false,
      why: `“${maskUrl(trimmed)}” is not the address of a ZenML server`,
      way: 'Write it as https://host or https://host/path',
    };
  }

  if (url.username !== '' || url.password !== '') {
    return {
      ok: false,
      why: `the address of ${url.host} has a user name or password inside`,
      way: 'Leave it out and set ZENML_STORE_USERNAME and ZENML_STORE_PASSWORD, or use --api-key-file',
    };
  }

  const path = url.pathname.replace(/\/api\/v1(?:\/.*)?$/, '').replace(/\/+$/, '');
  return {ok: true, url: url.origin + path};
};

/** Whether two texts name the same server. */
export const isSameServer = (a: string, b: string): boolean => {
  const [one, other] = [parseServerUrl(a), parseServerUrl(b)];
  return one.ok && other.ok && one.url === other.url;
};
