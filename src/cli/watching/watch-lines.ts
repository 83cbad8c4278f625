import {followRun} from './follow-run.js';
import type {LineOptions} from './line-options.js';
import {printOnce} from './print-once.js';

/** Watches the run without a screen: prints its state once, or its changes until it ends. Returns the exit code. */
export const watchInLines = (options: LineOptions): Promise<number> =>
  options.watch.isOnce ? printOnce(options) : followRun(options);
