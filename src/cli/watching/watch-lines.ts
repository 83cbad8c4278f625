import {followRun} from './follow-run.js';
import type {LineOptions} from './line-options.js';
import {printOnce} from './print-once.js';

/** The run without a screen: its state once, or what happens to it line by line until it ends. Answers the exit code. */
export const watchInLines = (options: LineOptions): Promise<number> =>
  options.watch.isOnce ? printOnce(options) : followRun(options);
