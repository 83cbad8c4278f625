import {findProxy} from '../api/find-proxy.js';
import {readProxyEnvironment} from './open-transport.js';
import {failWithUsageError, type Outcome, succeedWith} from './problem.js';
import type {World} from './world.js';

/**
 * Finds the proxy for a server, and checks its URL; `undefined` if there is none. The message of a problem names the variable but
 * not its value, which may contain a password.
 */
export const checkProxy = (world: World, serverUrl: string): Outcome<string | undefined> => {
  const environment = readProxyEnvironment(world);
  const proxy = findProxy(serverUrl, environment);
  if (proxy === undefined) {
    return succeedWith(undefined);
  }

  const isSecure = serverUrl.startsWith('https:');
  const schemeProxy = isSecure ? environment.httpsProxy : environment.httpProxy;
  const name = schemeProxy === undefined ? 'ALL_PROXY' : isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  if (/^socks/i.test(proxy)) {
    return failWithUsageError(
      `${name} names a SOCKS proxy, which zentop does not support.`,
      'Set it to an HTTP proxy, or exclude the server with NO_PROXY.',
    );
  }

  return isProxyUrl(proxy)
    ? succeedWith(proxy)
    : failWithUsageError(
        `${name} is not a valid proxy URL.`,
        'Expected http://[USER:PASSWORD@]HOST:PORT, with # in a password as %23, @ as %40 and % as %25.',
      );
};

const isProxyUrl = (text: string): boolean => {
  // A password with one of these characters would end the host name early.
  if (/:\/\/.*[/?#].*@/.test(text) || !URL.canParse(text)) {
    return false;
  }

  const {protocol, hostname, port, username, password} = new URL(text);
  return (
    (protocol === 'http:' || protocol === 'https:') &&
    /^[\w.:[\]-]+$/.test(hostname) &&
    // The host name of a URL with only one slash after the scheme.
    !/^https?$/.test(hostname) &&
    port !== '0' &&
    [username, password].every(isPercentEncoded)
  );
};

/** Whether every `%` in the text begins an escape, and the escapes are UTF-8. */
const isPercentEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};
