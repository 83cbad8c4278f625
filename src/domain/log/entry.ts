import type {Instant} from '../instant.js';

/** One log of a run or step. `source` is `step`, `prepare_step`, `client`, `orchestrator`, `execution` (before 0.93), … */
export type LogSource = {
  readonly id: string;
  readonly source: string;
};

export type LogEntry = {
  /** Stable between requests on servers 0.93 and later; may be random for older log files. */
  readonly id: string | undefined;
  readonly message: string;
  /** Python's level: 10 debug, 20 info, 30 warning, 40 error, 50 critical. */
  readonly level: number | undefined;
  /** When it was written to the log, up to five seconds after it was printed. */
  readonly at: Instant | undefined;
  /** A message over 5,120 bytes is split into several entries with the same ID. */
  readonly chunkIndex: number;
  readonly chunkCount: number;
};
