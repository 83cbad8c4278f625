/** `StepRetryConfig`: how often a failing step is tried again. */
export type RetryConfig = {
  readonly maxRetries: number;
  readonly delaySeconds: number;
  /** Factor by which the delay grows from one retry to the next. */
  readonly backoff: number;
};

/** All attempts that may be made: the first one and its retries. */
export const maxAttempts = (retry: RetryConfig | undefined): number => (retry?.maxRetries ?? 0) + 1;

/** Seconds to wait after attempt number `attempt` (1 = the first) failed: delay × backoff^(attempt − 1). */
export const waitAfterAttemptSeconds = (retry: RetryConfig, attempt: number): number =>
  retry.delaySeconds * retry.backoff ** Math.max(0, attempt - 1);
