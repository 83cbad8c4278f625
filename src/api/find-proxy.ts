import {BlockList, isIP} from 'node:net';

/** The values of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case. */
export type ProxyEnvironment = {
  readonly httpsProxy: string | undefined;
  readonly httpProxy: string | undefined;
  /** For servers of either kind that have no proxy of their own. */
  readonly allProxy?: string | undefined;
  readonly noProxy: string | undefined;
};

const normalizeHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

/** `10.0.0.0/8`: Python's requests, which ZenML's own client uses, takes such an entry too. */
const isInSubnet = (host: string, entry: string): boolean => {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  const width = Number(bits);
  if (family === 0 || family !== isIP(host) || !/^\d+$/.test(bits) || width > (family === 4 ? 32 : 128)) {
    return false;
  }

  const name = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, width, name);
  return list.check(host, name);
};

/** One entry of NO_PROXY: `*`, a host, a domain with all below it (a leading dot or `*.` is the same), with or without a port. */
const isExcludedBy = (entry: string, host: string, port: string): boolean => {
  if (entry === '*' || isInSubnet(host, entry)) {
    return true;
  }

  const [, name = entry, onlyPort] = /^(.*[^:]|\[.*\]):(\d+)$/.exec(entry) ?? [];
  const isAddress = isIP(normalizeHost(entry)) !== 0;
  const domain = isAddress ? normalizeHost(entry) : normalizeHost(name).replace(/^\*?\./, '');
  const isPortMeant = isAddress || onlyPort === undefined || onlyPort === port;
  return isPortMeant && domain !== '' && (host === domain || host.endsWith(`.${domain}`));
};

/**
 * The URL of the proxy for `serverUrl`, which may be invalid; `undefined` for none. Loopback addresses are never requested
 * through a proxy. As in curl, a proxy without a scheme is an HTTP proxy.
 */
export const findProxy = (serverUrl: string, environment: ProxyEnvironment): string | undefined => {
  const url = new URL(serverUrl);
  const host = normalizeHost(url.hostname);
  const isSecure = url.protocol === 'https:';
  const proxy = ((isSecure ? environment.httpsProxy : environment.httpProxy) ?? environment.allProxy)?.trim();
  if (proxy === undefined || proxy === '' || isLoopback(host)) {
    return undefined;
  }

  const port = url.port || (isSecure ? '443' : '80');
  const entries = (environment.noProxy ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(entry => entry !== '');
  if (entries.some(entry => isExcludedBy(entry, host, port))) {
    return undefined;
  }

  return /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
};
