import {getMaxRetries, getRetryDelaySeconds, type RetryConfig} from '../domain/retry.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderStrong} from './line.js';
import {ellipsis, timesSign} from './marks.js';

const maxShownWaits = 4;

/** A retry configuration in words and numbers: `up to 2 more, wait 10s, then ×2 (10s, 20s)`. */
export const renderRetry = (retry: RetryConfig | undefined): Line => {
  const retries = getMaxRetries(retry);
  if (retry === undefined || retries < 1) {
    return [renderDim('none: one attempt')];
  }

  return [renderDim('up to '), renderStrong(String(retries)), renderDim(' more, '), ...renderWait(retry)];
};

/** ZenML multiplies the delay by `backoff` after each wait, so 0 means that only the first one waits. */
const renderWait = (retry: RetryConfig): Line => {
  const {delaySeconds, backoff} = retry;
  if (delaySeconds <= 0) {
    return [renderDim('at once')];
  }

  const wait = [renderDim('wait '), renderStrong(formatTrimmedDuration(delaySeconds * 1000))];
  if (getMaxRetries(retry) === 1) {
    return wait;
  }

  if (backoff === 1) {
    return [...wait, renderDim(' each')];
  }

  if (backoff === 0) {
    return [...wait, renderDim(', then at once')];
  }

  return [...wait, renderDim(', then '), renderStrong(`${timesSign}${backoff}`), renderDim(` (${formatWaits(retry)})`)];
};

const formatWaits = (retry: RetryConfig): string => {
  const retries = getMaxRetries(retry);
  const count = Math.min(retries, maxShownWaits);
  const waits = Array.from({length: count}, (_, index) =>
    formatTrimmedDuration(getRetryDelaySeconds(retry, index + 1) * 1000),
  );
  return [...waits, ...(retries > maxShownWaits ? [ellipsis] : [])].join(', ');
};
