import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

const second = 1000;
const minute = 60 * second;

/** A token refused this soon after it was issued: asking for another will not help. */
const firstPauseMs = 5 * second;
const longestPauseMs = 30 * second;

/**
 * Who was told that the password or key is wrong does better to wait: a gateway before the server may lock the account.
 * But a server that is only half awake says so too, and a screen that is left alone for days must come back from that.
 */
const firstPauseOfRefusedMs = 5 * minute;
const longestPauseOfRefusedMs = 60 * minute;

/** The last attempt to sign in, and how many there were so close on each other. */
type Attempt = {readonly at: Instant; readonly count: number; readonly failure: Failure | undefined};

const pauseMs = ({count, failure}: Attempt): number => {
  const isRefused = failure?.kind === 'not-signed-in';
  const [first, longest] = isRefused
    ? [firstPauseOfRefusedMs, longestPauseOfRefusedMs]
    : [firstPauseMs, longestPauseMs];
  return Math.min(longest, first * 2 ** Math.min(count - 1, 16));
};

export type SignInPace = {
  /** What the last attempt failed with, `undefined` where it went well. */
  readonly lastFailure: () => Failure | undefined;
  /** Whether another attempt now would come too soon after the last. */
  readonly isTooSoon: () => boolean;
  readonly note: (failure: Failure | undefined) => void;
  /** There are other credentials: what became of those before says nothing of them. */
  readonly forget: () => void;
};

/**
 * Spaces the attempts to sign in, each of which costs the server most of a second to check a password: 5 s after one that
 * did not help, doubling up to half a minute, in which the token that is held may be tried for little. An attempt that
 * did not reach the server cost it nothing and does not count.
 */
export const createSignInPace = (now: () => Instant): SignInPace => {
  let last: Attempt | undefined;
  return {
    lastFailure: () => last?.failure,
    isTooSoon: () => last !== undefined && now() >= last.at && now() - last.at < pauseMs(last),
    note: failure => {
      if (failure?.kind === 'unreachable') {
        return;
      }

      const isInARow = last !== undefined && now() - last.at < 2 * pauseMs(last);
      last = {at: now(), count: isInARow ? (last?.count ?? 0) + 1 : 1, failure};
    },
    forget: () => {
      last = undefined;
    },
  };
};
