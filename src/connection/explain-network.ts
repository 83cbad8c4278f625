import type {ConnectionFault, Failure} from '../domain/failure.js';
import {formatZentopCommand, withServer} from '../domain/zentop-command.js';
import type {ExplainContext, Explanation} from './explanation.js';
import {formatDetailEnding} from './format-detail-ending.js';

const suggestLocalServer = (serverUrl: string): string =>
  /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(serverUrl) ? ' Start a local server with `zenml login --local`.' : '';

const replaceScheme = (serverUrl: string, scheme: 'http' | 'https'): string =>
  serverUrl.replace(/^https?(?=:)/, scheme);

const bypassHint = 'or set NO_PROXY if the server can be reached directly';

/** Explains why there is no connection to the server. */
export const explainUnreachable = (
  {reason, fault, proxy}: Failure & {kind: 'unreachable'},
  {serverUrl, serverOrigin}: ExplainContext,
): Explanation => {
  const message = `Cannot reach ${serverUrl}${formatDetailEnding(reason)}`;
  if (fault !== undefined) {
    return {message, hint: proxy === undefined ? getServerFaultHint(fault, serverUrl) : getProxyFaultHint(fault)};
  }

  if (proxy !== undefined) {
    return {message, hint: `Check the proxy variable, ${bypassHint}.`};
  }

  const isReset = reason === 'connection reset' && serverUrl.startsWith('http:');
  const tlsHint = isReset ? ` If the port uses TLS, use ${replaceScheme(serverUrl, 'https')}.` : '';
  return {
    message,
    hint: `Check that the server is running and the URL (from ${serverOrigin}) is right.${tlsHint}${suggestLocalServer(serverUrl)}`,
  };
};

const getServerFaultHint = (fault: ConnectionFault, serverUrl: string): string => {
  switch (fault) {
    case 'plain-port':
      return `Use ${replaceScheme(serverUrl, 'http')}, or the port that uses TLS.`;

    case 'tls-port':
      return `Use ${replaceScheme(serverUrl, 'https')}.`;

    case 'client-certificate':
      return 'zentop cannot send one. Use a URL of the server that does not require it, or a local proxy that sends it.';

    case 'tls':
      return 'The server may need another TLS version or a client certificate. If it uses plain HTTP, write http:// in its URL.';
  }
};

const getProxyFaultHint = (fault: ConnectionFault): string => {
  switch (fault) {
    case 'plain-port':
      return 'Write http:// in the proxy variable, or use the port of the proxy that uses TLS.';

    case 'tls-port':
      return 'Write https:// in the proxy variable.';

    case 'client-certificate':
      return `zentop cannot send one. Use a proxy that does not require it, ${bypassHint}.`;

    case 'tls':
      return 'The proxy may need another TLS version or a client certificate. If it uses plain HTTP, write http:// in the proxy variable.';
  }
};

/** What to do about a certificate that is not trusted. */
export const getDistrustHint = (reason: string): string => {
  if (/not valid yet/.test(reason)) {
    return 'Check the clock of this machine.';
  }

  if (/has expired/.test(reason)) {
    return 'The certificate must be renewed. Also check the clock of this machine.';
  }

  return /another host/.test(reason)
    ? 'Use a host name that the certificate was issued for.'
    : 'If it was issued by a private CA, set ZENML_STORE_VERIFY_SSL=/path/ca.pem.';
};

/** Explains a status that a proxy returned. */
export const explainProxyRefusal = (
  {proxy, status, isLoginSent}: Failure & {kind: 'proxy-refused'},
  {serverUrl}: ExplainContext,
): Explanation => {
  if (proxy === undefined) {
    return {
      message: `${serverUrl} returned error ${status} from a proxy in front of it, not from ZenML.`,
      hint: 'zentop cannot sign in to that proxy. Use a URL or network (such as a VPN) that bypasses it.',
    };
  }

  if (status === 407 || status === 401) {
    return isLoginSent
      ? {
          message: `The proxy ${proxy} rejected the user name and password (${status}).`,
          hint: `Check them in the proxy variable, ${bypassHint}.`,
        }
      : {
          message: `The proxy ${proxy} requires a user name and password (${status}).`,
          hint: `Put them in the proxy variable (http://USER:PASSWORD@${proxy}), ${bypassHint}.`,
        };
  }

  return {
    message: `The proxy ${proxy} refused to connect to ${serverUrl} (${status}).`,
    hint:
      status === 403
        ? `Ask for access to the server through the proxy, ${bypassHint}.`
        : `Check that the proxy can reach the server, ${bypassHint}.`,
  };
};

/** Whether a URL looks like that of a sign-in page. */
const isSignInUrl = (url: string): boolean =>
  /(?:^|[/.-])(?:log-?in|sign-?in|oauth2?|authorize|auth|saml2?|sso|idp|adfs)(?:$|[/.?-])/i.test(url);

/** Explains a redirect that is not followed. `redirectUrl` has no query. */
export const explainRedirect = (
  redirectUrl: string | undefined,
  {serverUrl, connectionArguments}: Pick<ExplainContext, 'serverUrl' | 'connectionArguments'>,
): Explanation => {
  if (redirectUrl === undefined || !URL.canParse(redirectUrl, `${serverUrl}/`)) {
    return {message: `${serverUrl} redirects to an unknown URL.`, hint: 'Check the URL of the server.'};
  }

  const {origin, pathname, protocol} = new URL(redirectUrl, `${serverUrl}/`);
  if (!/^https?:$/.test(protocol)) {
    return {
      message: `${serverUrl} redirects to an unsupported kind of URL (${protocol}).`,
      hint: 'Check the URL of the server.',
    };
  }

  if (isSignInUrl(origin + pathname)) {
    return {
      message: `${serverUrl} redirects to a sign-in page (${origin}${pathname}), which is not ZenML's.`,
      hint: 'zentop cannot sign in there. Use a URL or network (such as a VPN) that bypasses it.',
    };
  }

  const base = origin + pathname.replace(/\/api\/v1(?:\/.*)?$/, '').replace(/\/+$/, '');
  if (base === serverUrl) {
    return {message: `${serverUrl} redirects to itself.`, hint: 'Check the proxy in front of the server.'};
  }

  const command = formatZentopCommand([], withServer(connectionArguments, base));
  return {message: `${serverUrl} redirects to ${base}.`, hint: `Use that URL: \`${command}\`.`};
};
