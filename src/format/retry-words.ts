import {type RetryConfig, retriesOf, waitAfterAttemptSeconds} from '../domain/retry.js';
import {roundDuration} from './duration.js';
import {dim, type Line, strong} from './line.js';
import {ellipsis, times} from './marks.js';

const shownWaits = 4;

/** A retry configuration in words and numbers: `up to 2 more, wait 10s, then ×2 (10s, 20s)`. */
export const retryWords = (retry: RetryConfig | undefined): Line => {
  const retries = retriesOf(retry);
  if (retry === undefined || retries < 1) {
    return [dim('none: one attempt')];
  }

  return [dim('up to '), strong(String(retries)), dim(' more, '), ...waitWords(retry)];
};

/** ZenML multiplies the delay by `backoff` after each wait, so 0 means that only the first one waits. */
const waitWords = (retry: RetryConfig): Line => {
  const {delaySeconds, backoff} = retry;
  if (delaySeconds <= 0) {
    return [dim('at once')];
  }

  const wait = [dim('wait '), strong(roundDuration(delaySeconds * 1000))];
  if (retriesOf(retry) === 1) {
    return wait;
  }

  if (backoff === 1) {
    return [...wait, dim(' each')];
  }

  if (backoff === 0) {
    return [...wait, dim(', then at once')];
  }

  return [...wait, dim(', then '), strong(`${times}${backoff}`), dim(` (${waitsOf(retry)})`)];
};

const waitsOf = (retry: RetryConfig): string => {
  const retries = retriesOf(retry);
  const count = Math.min(retries, shownWaits);
  const waits = Array.from({length: count}, (_, index) =>
    roundDuration(waitAfterAttemptSeconds(retry, index + 1) * 1000),
  );
  return [...waits, ...(retries > shownWaits ? [ellipsis] : [])].join(', ');
};
