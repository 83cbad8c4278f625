import type {Instant} from './instant.js';

/** Why a request to the server failed. Failures are returned, never thrown. */
export type Failure = RequestFailure & {
  /** The URL of the ZenML Pro control plane, if the request that failed was to sign in there, for a token of the workspace. */
  readonly controlPlaneUrl?: string;
};

type RequestFailure =
  | {
      readonly kind: 'unreachable';
      readonly host: string;
      readonly reason: string;
      /** How many requests were made before it failed, if more than one. */
      readonly requestCount?: number;
      readonly fault?: ConnectionFault;
      /** Host and port of the proxy in the environment, if it is the connection to the proxy that failed. */
      readonly proxy?: string;
    }
  /** A proxy refused the request itself, so nothing is known about the server. */
  | {
      readonly kind: 'proxy-refused';
      /** Host and port of the proxy in the environment; `undefined` for one in front of the server. */
      readonly proxy: string | undefined;
      readonly status: number;
      /** Whether a user name or password was sent to it. */
      readonly isLoginSent: boolean;
    }
  | {readonly kind: 'timed-out'; readonly afterMs: number}
  | {readonly kind: 'untrusted'; readonly host: string; readonly reason: string}
  | {
      readonly kind: 'not-signed-in';
      readonly detail: string;
      readonly cause?: SignInCause;
      /** When the next attempt to sign in is allowed, by the local clock; until then only the credentials file is checked. */
      readonly nextSignInAt?: Instant;
    }
  | {readonly kind: 'forbidden'; readonly detail: string}
  | {readonly kind: 'not-found'; readonly detail: string}
  /** The server has no such endpoint, because it is older. */
  | {readonly kind: 'no-route'; readonly path: string}
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly detail: string;
      readonly retryAfterMs: number | undefined;
      readonly requestId: string | undefined;
      /** A known transient error of the server: a retry succeeds, so nothing needs to be shown. */
      readonly isTransient?: boolean;
      /** Where it redirects to, without query and password. */
      readonly redirectUrl?: string;
    }
  /** The response is not from a ZenML API but from a dashboard, a login page or a proxy. */
  | {readonly kind: 'not-zenml'; readonly contentType: string; readonly isSignInPage?: boolean}
  | {readonly kind: 'malformed'; readonly where: string}
  | {readonly kind: 'too-large'; readonly limitBytes: number};

export const connectionFaults = ['plain-port', 'tls-port', 'tls', 'client-certificate'] as const;

/** A port whose use of TLS contradicts the URL, or a server or proxy that wants a certificate from its clients. */
export type ConnectionFault = (typeof connectionFaults)[number];

/** Why there is no valid sign-in, where that is known: the session has expired, or the server accepts no passwords. */
type SignInCause = 'expired' | 'no-passwords';

export type FailureKind = Failure['kind'];

/** The server's `Retry-After` in milliseconds; `undefined` if it sent none. */
export const getRetryAfterMs = (failure: Failure): number | undefined =>
  failure.kind === 'refused' ? failure.retryAfterMs : undefined;

/** How many requests each retry costs. */
export const getRequestCount = (failure: Failure): number =>
  failure.kind === 'unreachable' ? (failure.requestCount ?? 1) : 1;

/** Whether to retry without showing the failure. Callers limit the number of retries. */
export const isTransient = (failure: Failure): boolean => failure.kind === 'refused' && failure.isTransient === true;

const outageStatuses: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

/** Whether the failure concerns the server as a whole or the connection to it, not only the requested resource. */
export const isOutage = (failure: Failure): boolean => {
  switch (failure.kind) {
    case 'unreachable':
    case 'timed-out':
    case 'untrusted':
    case 'not-signed-in':
    case 'not-zenml':
    case 'proxy-refused':
      return true;

    case 'refused':
      return outageStatuses.has(failure.status);

    case 'forbidden':
    case 'not-found':
    case 'no-route':
    case 'malformed':
    case 'too-large':
      return false;
  }
};

/** Whether the failure probably concerns only this request, so that another request for the same resource may succeed. */
export const isLimitedToRequest = (failure: Failure): boolean =>
  failure.kind === 'malformed' || failure.kind === 'too-large' || (failure.kind === 'refused' && !isOutage(failure));

/** Whether the server does not have the requested resource or the endpoint. */
export const isNotFound = ({kind}: Failure): boolean => kind === 'not-found' || kind === 'no-route';

/** Whether the failure may concern either the requested resource or the whole server. */
export const isAmbiguous = ({kind}: Failure): boolean => kind === 'forbidden' || kind === 'too-large';

export const isRateLimited = (failure: Failure): boolean => failure.kind === 'refused' && failure.status === 429;

/** Whether two failures probably have the same cause and will be over at the same time. */
export const hasSameCause = (one: Failure, other: Failure): boolean =>
  one.kind === other.kind || (isOutage(one) && isOutage(other));
