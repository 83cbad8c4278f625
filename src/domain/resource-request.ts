import type {Instant} from './instant.js';

/** A request of a step for a share of a resource pool, which it waits for while it is `queued`. */
export type ResourceRequest = {
  readonly id: string;
  /** Why it has not been granted yet, in the server's words. */
  readonly reason: string | undefined;
  readonly queuedAt: Instant | undefined;
};
