import type {RunId, StepId} from '../../domain/ids.js';
import type {LogTail} from '../../domain/log/tail.js';
import type {LogPosition} from '../../domain/log/view.js';
import type {Tab} from '../ui/pane.js';

/** Whose log it is. */
export type LogSubject =
  | {readonly kind: 'step'; readonly stepId: StepId}
  | {readonly kind: 'run'; readonly runId: RunId};

/** The loaded logs, and how they are displayed. Maps are by the key of a log: its subject and source. */
export type Logs = {
  readonly tailsByKey: ReadonlyMap<string, LogTail>;
  /** Set while the log of the run is shown instead of that of the selected step. */
  readonly ofRun: {readonly tabBefore: Tab} | undefined;
  /** Sources that the user has chosen, by subject. */
  readonly sourceBySubject: ReadonlyMap<string, string>;
  /** Logs that are not in this map are followed: their end is visible. */
  readonly positionByKey: ReadonlyMap<string, LogPosition>;
  /** By how many cells lines are shifted to the left, to read the ends of long ones. */
  readonly left: number;
  readonly isWrapped: boolean;
  readonly hasTimes: boolean;
  /** Lines below this level are hidden (Python's numbers). */
  readonly minLevel: number | undefined;
  readonly search: string;
  /** Line number of the current match. */
  readonly matchByKey: ReadonlyMap<string, number>;
};

export const initialLogs: Logs = {
  tailsByKey: new Map(),
  ofRun: undefined,
  sourceBySubject: new Map(),
  positionByKey: new Map(),
  left: 0,
  isWrapped: false,
  hasTimes: true,
  minLevel: undefined,
  search: '',
  matchByKey: new Map(),
};

/** How many logs are kept in memory: the current one, and others that were updated most recently. */
export const maxLogTails = 4;

/** What `l` cycles through: everything, warnings and errors, errors. */
export const minLogLevels: readonly (number | undefined)[] = [undefined, 30, 40];

export type LogAction =
  /** Scrolled to a position; `undefined` means to the end, which is then followed. */
  | {readonly type: 'log/moved'; readonly to: LogPosition | undefined}
  | {readonly type: 'log/shifted'; readonly by: number}
  /** To the next match, or the previous one. */
  | {readonly type: 'log/movedToMatch'; readonly by: 1 | -1}
  | {readonly type: 'log/searchCleared'}
  | {readonly type: 'log/wrapToggled'}
  | {readonly type: 'log/timesToggled'}
  | {readonly type: 'log/levelCycled'}
  | {readonly type: 'log/sourceCycled'}
  /** Switch between the log of the run and that of the selected step. */
  | {readonly type: 'log/runToggled'};
