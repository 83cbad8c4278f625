import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** A token refused this soon after it was issued: asking for another will not help. */
const firstPauseMs = 5 * secondMs;
const maxPauseMs = 30 * secondMs;

/**
 * Who was told that the password or key is wrong does better to wait: a gateway before the server may lock the account.
 * But a server that is only half awake says so too, and a screen that is left alone for days must come back from that.
 */
const firstPauseAfterRefusalMs = 5 * minuteMs;
const maxPauseAfterRefusalMs = 60 * minuteMs;

/** The last attempt to sign in, and how many there were so close on each other. */
type SignInAttempt = {readonly at: Instant; readonly count: number; readonly failure: Failure | undefined};

const getPauseMs = ({count, failure}: SignInAttempt): number => {
  const isRefused = failure?.kind === 'not-signed-in';
  const [first, longest] = isRefused ? [firstPauseAfterRefusalMs, maxPauseAfterRefusalMs] : [firstPauseMs, maxPauseMs];
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
  let last: SignInAttempt | undefined;
  return {
    lastFailure: () => last?.failure,
    isTooSoon: () => last !== undefined && now() >= last.at && now() - last.at < getPauseMs(last),
    note: failure => {
      if (failure?.kind === 'unreachable') {
        return;
      }

      const isInARow = last !== undefined && now() - last.at < 2 * getPauseMs(last);
      last = {at: now(), count: isInARow ? (last?.count ?? 0) + 1 : 1, failure};
    },
    forget: () => {
      last = undefined;
    },
  };
};
