import type {OpenedRun} from '../opening/open-run.js';
import type {WatchOptions} from '../options/watch-options.js';

/** What the modes without a screen are given. */
export type LineOptions = {readonly opened: OpenedRun; readonly watch: WatchOptions; readonly isDemo: boolean};
