import {getMaxAttempts, getMaxRetries, getRetryDelaySeconds, type RetryConfig} from '../domain/retry.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderStrong} from './line.js';
import {ellipsis, timesSign} from './marks.js';

const maxShownWaits = 4;

/**
 * A retry configuration: `off`, `up to 2 attempts, delay 10s`, `up to 3 attempts, delay 10s, then ×2 (10s, 20s)`. Counts
 * attempts rather than retries, to match the attempt number shown beside it.
 */
export const renderRetry = (retry: RetryConfig | undefined): Line =>
  retry === undefined || getMaxRetries(retry) < 1
    ? [renderDim('off')]
    : [
        renderDim('up to '),
        renderStrong(String(getMaxAttempts(retry))),
        renderDim(' attempts, '),
        ...renderDelays(retry),
      ];

/** ZenML multiplies the delay by `backoff` after each wait, so with 0 only the first retry waits. */
const renderDelays = (retry: RetryConfig): Line => {
  const {delaySeconds, backoff} = retry;
  if (delaySeconds <= 0) {
    return [renderDim('no delay')];
  }

  const first = [renderDim('delay '), renderStrong(formatTrimmedDuration(delaySeconds * 1000))];
  if (backoff === 1 || getMaxRetries(retry) === 1) {
    return first;
  }

  return backoff === 0
    ? [...first, renderDim(', then none')]
    : [...first, renderDim(', then '), renderStrong(`${timesSign}${backoff}`), renderDim(` (${formatWaits(retry)})`)];
};

const formatWaits = (retry: RetryConfig): string => {
  const retries = getMaxRetries(retry);
  const count = Math.min(retries, maxShownWaits);
  const waits = Array.from({length: count}, (_, index) =>
    formatTrimmedDuration(getRetryDelaySeconds(retry, index + 1) * 1000),
  );
  return [...waits, ...(retries > maxShownWaits ? [ellipsis] : [])].join(', ');
};
