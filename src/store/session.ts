import type {ProjectId} from '../domain/ids.js';
import type {ConnectionArguments} from '../domain/zentop-command.js';

/** Columns of the list of steps that can be left out. */
export const stepColumns = ['status', 'time', 'try', 'timeline'] as const;
export type StepColumn = (typeof stepColumns)[number];

/** The connection and the options of the program. Only the server and the project can change while it runs. */
export type Session = {
  readonly serverUrl: string;
  /** For commands that the user can copy. */
  readonly connectionArguments: ConnectionArguments;
  /** The project of the listed runs or of the open run; its name arrives later if only the ID was known. */
  readonly project: {readonly id: ProjectId; readonly name: string | undefined} | undefined;
  /** The shortest polling interval, in milliseconds. */
  readonly intervalMs: number;
  readonly isReadOnly: boolean;
  /** How many terminal cells a text takes once it is sanitized; it is passed in because only `format` knows wide characters. */
  readonly measureText: (text: string) => number;
  readonly isDemo: boolean;
  /** The server's certificate is not verified, which has to be visible. */
  readonly isUnverified?: boolean;
  /** There is no pane: step details are fetched only to explain why a step failed. */
  readonly isScreenless?: boolean;
  /** Once the open run is over, the next one of its pipeline is opened. */
  readonly isFollowingPipeline?: boolean;
  /** Keys that the user has configured, by command ID. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Saved filters of the run list, by name. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Columns of the list of steps that the user has chosen; `undefined` means all that fit. */
  readonly columns?: readonly StepColumn[];
  /** URLs of the servers to choose from, including the current one. */
  readonly servers?: readonly string[];
  /** Names of ZenML Pro workspaces, which are shown instead of their URLs. */
  readonly workspaceNamesByUrl?: ReadonlyMap<string, string>;
  /** How many times faster than real time a recording is played; `undefined` for a live run. */
  readonly replaySpeed?: number | undefined;
};
