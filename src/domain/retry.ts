/** `StepRetryConfig`: how often a failing step is tried again. */
export type RetryConfig = {
  readonly maxRetries: number;
  readonly delaySeconds: number;
  /** Factor by which the delay grows from one retry to the next. */
  readonly backoff: number;
  /** Before 0.84 `max_retries` is the number of all attempts, and they share one step run: which one it is in is not told. */
  readonly isFirstCounted?: boolean;
};

/** All attempts that may be made: the first one and its retries. */
export const getMaxAttempts = (retry: RetryConfig | undefined): number => getMaxRetries(retry) + 1;

/** How often a step may be tried again. */
export const getMaxRetries = (retry: RetryConfig | undefined): number =>
  retry === undefined ? 0 : Math.max(0, retry.maxRetries - (retry.isFirstCounted === true ? 1 : 0));

/** Seconds to wait after attempt number `attempt` (1 = the first) failed: delay × backoff^(attempt − 1). */
export const getRetryDelaySeconds = (retry: RetryConfig, attempt: number): number =>
  retry.delaySeconds * retry.backoff ** Math.max(0, attempt - 1);
