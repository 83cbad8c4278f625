/** Why nothing came from the server. A failure is an answer, never thrown. */
export type Failure =
  | {readonly kind: 'unreachable'; readonly host: string; readonly reason: string}
  | {readonly kind: 'timed-out'; readonly afterMs: number}
  | {readonly kind: 'untrusted'; readonly host: string; readonly reason: string}
  | {readonly kind: 'not-signed-in'; readonly detail: string}
  | {readonly kind: 'forbidden'; readonly detail: string}
  | {readonly kind: 'not-found'; readonly detail: string}
  /** The server has no such endpoint: an older version. */
  | {readonly kind: 'no-route'; readonly path: string}
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly detail: string;
      readonly retryAfterMs: number | undefined;
      readonly requestId: string | undefined;
      /** A hiccup the server is known for: asked again it answers, so nothing needs to be shown. */
      readonly isPassing?: boolean;
    }
  /** Something answered, but not a ZenML API: a dashboard, a login page, a proxy. */
  | {readonly kind: 'not-zenml'; readonly contentType: string}
  | {readonly kind: 'malformed'; readonly where: string}
  | {readonly kind: 'too-large'; readonly limitBytes: number};

export type FailureKind = Failure['kind'];

/** How long the server asked us to wait, in milliseconds. */
export const getRetryAfterMs = (failure: Failure): number | undefined =>
  failure.kind === 'refused' ? failure.retryAfterMs : undefined;

/** Whether to ask again without a word. One that keeps coming back is no hiccup: count them. */
export const isTransient = (failure: Failure): boolean => failure.kind === 'refused' && failure.isPassing === true;

const outageStatuses: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

/** Whether it says something of the whole server, or of the way to it, not of the one thing that was asked for. */
export const isOutage = (failure: Failure): boolean => {
  switch (failure.kind) {
    case 'unreachable':
    case 'timed-out':
    case 'untrusted':
    case 'not-signed-in':
    case 'not-zenml':
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

/** A no to the one thing that was asked for, which says nothing of any other. */
export const isNotFound = ({kind}: Failure): boolean => kind === 'not-found' || kind === 'no-route';

/** A no that may be meant for the one thing or for everything. */
export const isAmbiguous = ({kind}: Failure): boolean => kind === 'forbidden' || kind === 'too-large';

/** The server says it is asked too much. */
export const isRateLimited = (failure: Failure): boolean => failure.kind === 'refused' && failure.status === 429;

/** Whether two failures are likely to have the same cause, so that what mends one mends the other. */
export const hasSameCause = (one: Failure, other: Failure): boolean =>
  one.kind === other.kind || (isOutage(one) && isOutage(other));
