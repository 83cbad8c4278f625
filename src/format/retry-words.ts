import {getMaxRetries, getRetryDelaySeconds, type RetryConfig} from '../domain/retry.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderStrong, type Segment} from './line.js';
import {ellipsis, timesSign} from './marks.js';

const maxShownWaits = 4;

/** A retry configuration: `off`, `1 more after 10s`, `up to 2 more, first after 10s, then ×2 (10s, 20s)`. */
export const renderRetry = (retry: RetryConfig | undefined): Line => {
  const retries = getMaxRetries(retry);
  if (retry === undefined || retries < 1) {
    return [renderDim('off')];
  }

  const count = renderStrong(String(retries));
  return retries === 1
    ? [count, renderDim(' more'), ...renderOnlyWait(retry)]
    : [renderDim('up to '), count, renderDim(' more, '), ...renderWaits(retry)];
};

const renderOnlyWait = ({delaySeconds}: RetryConfig): Line =>
  delaySeconds <= 0 ? [renderDim(', immediately')] : [renderDim(' after '), renderDelay(delaySeconds)];

const renderDelay = (seconds: number): Segment => renderStrong(formatTrimmedDuration(seconds * 1000));

/** ZenML multiplies the delay by `backoff` after each wait, so with 0 only the first retry waits. */
const renderWaits = (retry: RetryConfig): Line => {
  const {delaySeconds, backoff} = retry;
  if (delaySeconds <= 0) {
    return [renderDim('immediately')];
  }

  if (backoff === 1) {
    return [renderDim('each after '), renderDelay(delaySeconds)];
  }

  const first = [renderDim('first after '), renderDelay(delaySeconds)];
  if (backoff === 0) {
    return [...first, renderDim(', then immediately')];
  }

  return [
    ...first,
    renderDim(', then '),
    renderStrong(`${timesSign}${backoff}`),
    renderDim(` (${formatWaits(retry)})`),
  ];
};

const formatWaits = (retry: RetryConfig): string => {
  const retries = getMaxRetries(retry);
  const count = Math.min(retries, maxShownWaits);
  const waits = Array.from({length: count}, (_, index) =>
    formatTrimmedDuration(getRetryDelaySeconds(retry, index + 1) * 1000),
  );
  return [...waits, ...(retries > maxShownWaits ? [ellipsis] : [])].join(', ');
};
