/**
 * The types a scenario is written in: what happens in a project, as data. Times and durations are in milliseconds unless noted.
 * `startedAgoMs` counts back from the start of the server, and `atMs` from the start of what it belongs to: a run, or the code of
 * an attempt.
 */

/** `level` is a level of Python's logging (default: 20, INFO). */
export type LogLineScript = {readonly atMs: number; readonly message: string; readonly level?: number};

/** Values logged while an attempt is running. They appear in `run_metadata` without changing `updated`, as on a real server. */
export type MetadataScript = {readonly atMs: number; readonly values: Readonly<Record<string, unknown>>};

export type ExceptionScript = {
  readonly source: string;
  readonly message: string;
  readonly traceback: string;
  readonly userCodeLine: number | null;
};

export type AttemptScript = {
  /** `Infinity` if it never ends. */
  readonly durationMs: number;
  /** Status at the end (default: `completed`). */
  readonly outcome?: string;
  /** Statuses before the code of the step runs, such as `provisioning`. */
  readonly opening?: readonly {readonly status: string; readonly durationMs: number}[];
  /** Status while the code of the step runs (default: `running`). */
  readonly during?: string;
  readonly exception?: ExceptionScript;
  readonly logs?: readonly LogLineScript[];
  readonly metadata?: readonly MetadataScript[];
};

/** The key of a kind of artifact in `artifact-kinds.ts`. */
type ArtifactKindName = string;

export type OutputScript = {
  /** ZenML calls an output `output` if the author of the step did not name it. */
  readonly name: string;
  readonly kind: ArtifactKindName;
  /** Input of the content hash. By default the hash is unique to the step run. */
  readonly content?: string;
  readonly itemCount?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Default: the number of the run. */
  readonly version?: string;
};

/**
 * An artifact that a step reads: an output of another step, or a value from outside the pipeline. A mapped step reads only the part
 * of a list that `chunkIndex` and `chunkSize` specify.
 */
export type InputScript =
  | {
      readonly name: string;
      readonly from: string;
      readonly output: string;
      readonly chunkIndex?: number;
      readonly chunkSize?: number;
    }
  | {readonly name: string; readonly external: {readonly kind: ArtifactKindName; readonly value: unknown}};

export type StepScript = {
  readonly name: string;
  /** Name of the function if it differs from `name`, such as `embed` for `map:embed:3`. */
  readonly function?: string;
  readonly module: string;
  readonly code: string;
  readonly docstring?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly inputs?: readonly InputScript[];
  /** Steps that must finish first although this one does not read their outputs. */
  readonly after?: readonly string[];
  readonly outputs?: readonly OutputScript[];
  readonly attempts?: readonly AttemptScript[];
  /** For a cached step, or one skipped by a replay: the key of the run that has the original. */
  readonly reusedFrom?: {readonly run: string; readonly as: 'cached' | 'skipped'};
  /** Starts only once the question of the run has been answered with yes. */
  readonly afterAnswer?: boolean;
  /** Pause between the end of the last upstream step (or the start of the run) and the start of this one (default: 400). */
  readonly delayMs?: number;
  readonly enableCache?: boolean;
  /** As the server stores it: `delay` is in seconds. */
  readonly retry?: {readonly max_retries: number; readonly delay: number; readonly backoff: number};
  readonly group?: {readonly name: string; readonly type: 'map' | 'manual'};
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly stepOperator?: string;
  readonly experimentTracker?: string;
  readonly runtime?: 'inline' | 'isolated';
  /** Minutes without a heartbeat after which the step counts as dead. Only steps with a threshold send heartbeats. */
  readonly heartbeatThreshold?: number;
  /** When the heartbeats stop, from the start of the attempt (default: at its end). */
  readonly lastHeartbeatAfterMs?: number;
};

export type RunStateScript = {
  readonly atMs: number;
  readonly status: string;
  readonly reason?: string;
  readonly inProgress: boolean;
};

/** A question that a dynamic run asks; the run then waits for the answer. */
type WaitScript = {
  readonly name: string;
  readonly atMs: number;
  readonly question: string;
  readonly schema: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export type RunScript = {
  /** Identifies the run within its scenario. */
  readonly key: string;
  readonly pipeline: string;
  readonly index: number;
  readonly user: string;
  readonly startedAgoMs: number;
  readonly getSteps: () => readonly StepScript[];
  readonly dynamic?: boolean;
  readonly enableCache?: boolean;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly failureHook?: {readonly module: string; readonly attribute: string};
  /** The states of the run, if they do not follow from its steps. */
  readonly states?: readonly RunStateScript[];
  /** For a child run: the key of the run that started it. */
  readonly parent?: string;
  /** For a replay: the key of the replayed run. */
  readonly original?: string;
  readonly wait?: WaitScript;
};

export type Script = {
  readonly project: string;
  readonly users: readonly {readonly name: string; readonly fullName: string; readonly isServiceAccount?: boolean}[];
  readonly stack: {readonly name: string; readonly artifactStore: string; readonly path: string};
  /** Oldest first. */
  readonly runs: readonly RunScript[];
  /** The key of the run that the scenario is about. */
  readonly shownRunKey: string;
};

export type Scenario = {
  readonly name: string;
  readonly description: string;
  /** `size` is the number after the colon of `large:5000`. */
  readonly build: (size: number | undefined) => Script;
};
