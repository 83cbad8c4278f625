import type {WatchOptions} from './command-line.js';
import type {OpenedRun} from './open-run.js';

/** What the modes without a screen are given. */
export type LineOptions = {readonly opened: OpenedRun; readonly watch: WatchOptions; readonly isDemo: boolean};
