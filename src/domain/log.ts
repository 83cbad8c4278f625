import type {Instant} from './instant.js';

/** Where entries come from: `step`, `prepare_step`, `client`, `orchestrator`, `execution` (before 0.93), … */
export type LogSource = {
  readonly id: string;
  readonly source: string;
  /** Set when a log store other than the artifact store serves it. */
  readonly logStoreId: string | undefined;
};

export type LogEntry = {
  /** Stable across fetches on servers from 0.93; may be random on old log files. */
  readonly id: string | undefined;
  readonly message: string;
  /** Python's numbers: 10 debug, 20 info, 30 warning, 40 error, 50 critical. */
  readonly level: number | undefined;
  /** When it was written, not when it was printed: entries are flushed each five seconds. */
  readonly at: Instant | undefined;
  readonly name: string | undefined;
  readonly module: string | undefined;
  readonly filename: string | undefined;
  readonly lineNumber: number | undefined;
  /** A message over 5,120 bytes comes in several entries of the same id. */
  readonly chunkIndex: number;
  readonly chunkCount: number;
};
