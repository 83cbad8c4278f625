/** ZenML's `StepRetryConfig`. */
export type RetryConfig = {
  readonly maxRetries: number;
  readonly delaySeconds: number;
  /** The factor by which the delay grows with each retry. */
  readonly backoff: number;
  /** Before 0.84, `max_retries` includes the first attempt, and all attempts share one step run without a number. */
  readonly includesFirstAttempt?: boolean;
};

/** How many attempts a step can have: the first one and all retries. */
export const getMaxAttempts = (retry: RetryConfig | undefined): number => getMaxRetries(retry) + 1;

/** How often a failed step is started again; 0 without a retry configuration. */
export const getMaxRetries = (retry: RetryConfig | undefined): number =>
  retry === undefined ? 0 : Math.max(0, retry.maxRetries - (retry.includesFirstAttempt === true ? 1 : 0));

/**
 * How long ZenML's orchestrators wait after a failed attempt (counted from 1), in seconds: the delay, multiplied by `backoff` after
 * each further failure.
 */
export const getRetryDelaySeconds = (retry: RetryConfig, attempt: number): number =>
  retry.delaySeconds * retry.backoff ** Math.max(0, attempt - 1);
