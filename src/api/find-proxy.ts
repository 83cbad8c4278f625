import {BlockList, isIP} from 'node:net';

/** The values of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY (or of these names in lower case). */
export type ProxyEnvironment = {
  readonly httpsProxy: string | undefined;
  readonly httpProxy: string | undefined;
  readonly allProxy?: string | undefined;
  readonly noProxy: string | undefined;
};

const normalizeHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

/** Whether the host is in a network such as `10.0.0.0/8`: IPv4 only, as in Python's `requests`. */
const isInSubnet = (host: string, entry: string): boolean => {
  const [network = '', suffix = ''] = entry.split('/');
  const prefixLength = Number(suffix);
  if (isIP(network) !== 4 || !/^\d+$/.test(suffix) || prefixLength < 1 || prefixLength > 32) {
    return false;
  }

  const list = new BlockList();
  list.addSubnet(network, prefixLength, 'ipv4');
  return list.check(host, 'ipv4');
};

/** Whether the host is the entry's domain or below it. Python's urllib, which `requests` also consults, reads entries like this. */
const isInDomain = (host: string, entry: string): boolean => {
  const domain = entry.replace(/^\.+/, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
};

/**
 * Whether NO_PROXY names the server, as read by Python's `requests`, which ZenML's client uses: entries are separated by commas
 * alone. An entry, which may include a port, matches the end of any host name (`ml.corp` matches `zenml.corp`); an IPv4 address
 * must be equal or in the entry's network. `*` only counts if it is the whole value.
 */
const isExcluded = (noProxy: string, host: string, port: string): boolean => {
  if (noProxy.trim() === '*') {
    return true;
  }

  const entries = noProxy.toLowerCase().replaceAll(' ', '').split(',').filter(Boolean);
  return entries.some(entry =>
    isIP(host) === 4
      ? entry === host || isInSubnet(host, entry)
      : host.endsWith(normalizeHost(entry)) ||
        (port !== '' && `${host}:${port}`.endsWith(entry)) ||
        isInDomain(host, entry),
  );
};

const schemePattern = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The URL of the proxy to use for `serverUrl`; `undefined` for none. The URL is not checked (see `checkProxy`). Loopback
 * addresses are always connected to directly. A proxy without a scheme is an HTTP proxy, as for curl.
 */
export const findProxy = (serverUrl: string, environment: ProxyEnvironment): string | undefined => {
  const url = new URL(serverUrl);
  const host = normalizeHost(url.hostname);
  const schemeProxy = (url.protocol === 'https:' ? environment.httpsProxy : environment.httpProxy)?.trim();
  const proxy = schemeProxy || environment.allProxy?.trim() || undefined;
  if (proxy === undefined || isLoopback(host) || isExcluded(environment.noProxy ?? '', host, url.port)) {
    return undefined;
  }

  return schemePattern.test(proxy) ? proxy : `http://${proxy}`;
};
