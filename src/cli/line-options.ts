import type {OpenedRun} from './open-run.js';
import type {WatchOptions} from './watch-options.js';

/** What the modes without a screen are given. */
export type LineOptions = {readonly opened: OpenedRun; readonly watch: WatchOptions; readonly isDemo: boolean};
