import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/**
 * The pauses after attempts that were not refused, including successful ones: if a token is rejected so soon after it was issued,
 * another one is not worth requesting.
 */
const firstPauseMs = 5 * secondMs;
const maxPauseMs = 30 * secondMs;

/**
 * The pauses after a wrong password or key are longer, because a gateway in front of the server may lock the account. But they end:
 * a server that is still starting up may reject valid ones, too, and a screen left running for days must recover from that.
 */
const firstPauseAfterRefusalMs = 5 * minuteMs;
const maxPauseAfterRefusalMs = 60 * minuteMs;

/** The last attempt to sign in, and how many there were in quick succession. */
type SignInAttempt = {readonly at: Instant; readonly count: number; readonly failure: Failure | undefined};

const getPauseMs = ({count, failure}: SignInAttempt): number => {
  const isRefused = failure?.kind === 'not-signed-in';
  const [first, longest] = isRefused ? [firstPauseAfterRefusalMs, maxPauseAfterRefusalMs] : [firstPauseMs, maxPauseMs];
  return Math.min(longest, first * 2 ** (count - 1));
};

type SignInPace = {
  /** Why the last attempt failed; `undefined` if it succeeded. */
  readonly getLastFailure: () => Failure | undefined;
  /** Whether another attempt now would come too soon after the last. */
  readonly isTooSoon: () => boolean;
  /** When the next attempt is allowed; `undefined` before the first one. */
  readonly getNextAt: () => Instant | undefined;
  /** Records the failure of an attempt, or `undefined` for a successful one. */
  readonly record: (failure: Failure | undefined) => void;
  /** Starts over, because the credentials have changed or the user asks for it. */
  readonly forget: () => void;
};

/**
 * Spaces the attempts to sign in, because checking a password costs the server most of a second: 5 s after an attempt that
 * did not help, doubling up to half a minute; 5 minutes after a refusal, doubling up to an hour. An attempt that did not reach the
 * server cost it nothing and does not count.
 */
export const createSignInPace = (now: () => Instant): SignInPace => {
  let last: SignInAttempt | undefined;
  return {
    getLastFailure: () => last?.failure,
    isTooSoon: () => last !== undefined && now() >= last.at && now() - last.at < getPauseMs(last),
    getNextAt: () => last && last.at + getPauseMs(last),
    record: failure => {
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
