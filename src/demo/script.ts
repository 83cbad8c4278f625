/**
 * The words in which a scenario is written: what would happen in a project, as data. All spans are milliseconds; `…AgoMs`
 * counts back from the start of the server, the others from the start of their run, step or attempt.
 */

export type LogLineScript = {readonly atMs: number; readonly message: string; readonly level?: number};

/** A value logged while an attempt is under way; it appears in `run_metadata` without moving `updated`, as on a real server. */
export type MetadataScript = {readonly atMs: number; readonly values: Readonly<Record<string, unknown>>};

export type ExceptionScript = {
  readonly source: string;
  readonly message: string;
  readonly traceback: string;
  readonly userCodeLine: number | null;
};

export type AttemptScript = {
  /** `Infinity`: it never ends. */
  readonly durationMs: number;
  /** Status at the end; `completed` unless told. */
  readonly outcome?: string;
  /** Statuses before it is under way, such as `provisioning`. */
  readonly opening?: readonly {readonly status: string; readonly durationMs: number}[];
  /** Status while it is under way; `running` unless told. */
  readonly during?: string;
  readonly exception?: ExceptionScript;
  readonly logs?: readonly LogLineScript[];
  readonly metadata?: readonly MetadataScript[];
};

/** The key of a kind of artifact in `artifact-kinds.ts`. */
export type ArtifactKindName = string;

export type OutputScript = {
  /** `output` is the name of an output that its author did not name. */
  readonly name: string;
  readonly kind: ArtifactKindName;
  /** What the content hash is made from; without it the hash is unique to the step run. */
  readonly content?: string;
  readonly itemCount?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The number of the run unless told. */
  readonly version?: string;
  readonly tags?: readonly string[];
};

export type InputScript =
  | {
      readonly name: string;
      readonly from: string;
      readonly output: string;
      readonly chunkIndex?: number;
      readonly chunkSize?: number;
    }
  | {readonly name: string; readonly external: {readonly kind: ArtifactKindName; readonly value: unknown}};

export type HookScript = {readonly type: string; readonly source: string; readonly durationMs: number};

export type StepScript = {
  readonly name: string;
  /** Name of the function; the invocation's name unless told (`embed` for `map:embed:3`). */
  readonly function?: string;
  readonly module: string;
  readonly code: string;
  readonly docstring?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly inputs?: readonly InputScript[];
  /** Steps that must be done first though nothing is read from them. */
  readonly after?: readonly string[];
  readonly outputs?: readonly OutputScript[];
  readonly attempts?: readonly AttemptScript[];
  /** Served from the cache (or skipped by a replay): the key of the run that holds the original. */
  readonly servedFrom?: {readonly run: string; readonly as: 'cached' | 'skipped'};
  /** Starts only when the run's question was answered with a yes. */
  readonly afterAnswer?: boolean;
  /** From the end of the last upstream step (or the start of the run) to the start of this one. */
  readonly delayMs?: number;
  readonly enableCache?: boolean;
  readonly retry?: {readonly max_retries: number; readonly delay: number; readonly backoff: number};
  readonly group?: {readonly name: string; readonly type: 'map' | 'manual'};
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly secrets?: readonly string[];
  readonly stepOperator?: string;
  readonly experimentTracker?: string;
  readonly type?: string;
  readonly runtime?: 'inline' | 'isolated';
  readonly expiresAfter?: number;
  /** Minutes after which a silent step counts as dead; a step with one sends heartbeats. */
  readonly heartbeatThreshold?: number;
  /** How long after its start the step's last heartbeat came; it never stops unless told. */
  readonly lastHeartbeatAfterMs?: number;
  readonly hooks?: readonly HookScript[];
};

export type RunStateScript = {
  readonly atMs: number;
  readonly status: string;
  readonly reason?: string;
  readonly inProgress: boolean;
};

/** A question that a dynamic run asks, and on whose answer it waits. */
export type WaitScript = {
  readonly name: string;
  readonly atMs: number;
  readonly question: string;
  readonly schema: unknown;
};

export type RunScript = {
  /** Names the run inside its scenario. */
  readonly key: string;
  readonly pipeline: string;
  readonly index: number;
  readonly user: string;
  readonly startedAgoMs: number;
  readonly steps: () => readonly StepScript[];
  readonly dynamic?: boolean;
  readonly executionMode?: string;
  readonly enableCache?: boolean;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly failureHook?: {readonly module: string; readonly attribute: string};
  /** The run's own course, where it does not follow from its steps. */
  readonly phases?: readonly RunStateScript[];
  readonly exception?: ExceptionScript;
  readonly parent?: string;
  /** Of a replay: the key of the run it replays. */
  readonly original?: string;
  readonly wait?: WaitScript;
};

export type Script = {
  readonly project: string;
  readonly users: readonly {readonly name: string; readonly fullName: string; readonly isServiceAccount?: boolean}[];
  readonly stack: {readonly name: string; readonly artifactStore: string; readonly path: string};
  /** Oldest first. */
  readonly runs: readonly RunScript[];
  /** The run that a reader of the scenario wants to see. */
  readonly shown: string;
};

export type Scenario = {
  readonly name: string;
  readonly description: string;
  /** `size` is the number after the colon of `large:5000`. */
  readonly build: (size: number | undefined) => Script;
};
