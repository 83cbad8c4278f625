import type {OpenedRun} from '../opening/open-run.js';
import type {WatchOptions} from '../options/watch-options.js';

/** The arguments of the modes without a screen. */
export type LineOptions = {
  readonly opened: OpenedRun;
  readonly watch: WatchOptions;
  readonly isDemo: boolean;
  /** What is left of the timeout after opening the run, in milliseconds; `undefined` without a timeout. */
  readonly remainingMs: number | undefined;
};
