import type {ProjectId} from '../domain/ids.js';

/** Columns of the list of steps that can be left out. */
export type StepColumn = 'status' | 'time' | 'try';

/** What holds for as long as the program runs. */
export type Session = {
  readonly serverUrl: string;
  /** Of the runs that are listed, or of the run that is open; its name comes later where only the id was known. */
  readonly project: {readonly id: ProjectId; readonly name: string | undefined} | undefined;
  /** Fastest pace of asking while something happens, in milliseconds. */
  readonly intervalMs: number;
  readonly isReadOnly: boolean;
  readonly isDemo: boolean;
  /** Nobody makes sure that the server is who it says it is: that must be seen. */
  readonly isUnverified?: boolean;
  /** Nobody looks at a pane: of steps' own pages only those that tell why a step failed are asked for. */
  readonly isScreenless?: boolean;
  /** When the open run is over, the next one of its pipeline is taken up. */
  readonly isFollowingPipeline?: boolean;
  /** Keys that the reader chose, by the id of the command. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Columns of the list of steps that the reader wants; `undefined`: all that fit. */
  readonly columns?: readonly StepColumn[];
  /** Servers that may be asked instead, by their addresses. */
  readonly servers?: readonly string[];
  /** How many times faster than it was a recording is shown; `undefined` where the run is seen live. */
  readonly replaySpeed?: number | undefined;
};
