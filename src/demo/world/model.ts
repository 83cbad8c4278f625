import type {RunScript, Script} from '../script.js';
import type {ArtifactKind} from './artifact-kinds.js';
import type {TimedAttempt, TimedStep} from './schedule.js';

/** What the demo server serves. All instants are epoch milliseconds; the state at a moment is derived from them. */

type NamedEntity = {readonly id: string; readonly name: string};

/** Everything the server knows: the scenario laid out in time, starting when the server started. */
export type DemoWorld = {
  readonly script: Script;
  /** When the server started. */
  readonly zeroAt: number;
  /** How many real milliseconds a scripted one lasts. */
  readonly scale: number;
  readonly project: NamedEntity;
  /** The project every server has; the scenarios leave it empty. */
  readonly defaultProject: NamedEntity;
  readonly ids: {readonly stack: string; readonly artifactStore: string; readonly server: string};
  readonly getUserId: (name: string) => string;
  readonly getPipelineId: (name: string) => string;
  /** Newest first. */
  readonly getRuns: () => readonly RunTimeline[];
  readonly findRunById: (id: string) => RunTimeline | undefined;
  readonly findRunByKey: (key: string) => RunTimeline | undefined;
  readonly getChildRuns: (run: RunTimeline) => readonly RunTimeline[];
  /** Lays the run out again after a user has intervened. */
  readonly intervene: (run: RunTimeline, intervention: RecordedIntervention) => void;
};

/** The answer to a wait condition: `continue` or `abort`, the value given with it, and the name of the user who gave it. */
export type WaitAnswer = {
  readonly at: number;
  readonly resolution: string;
  readonly result: unknown;
  readonly user: string;
};

/** What a user did to a run. */
export type RecordedIntervention = {
  /** No step starts after this. */
  readonly stoppedAt?: number;
  readonly answer?: WaitAnswer;
  /** The tags that the run has since then, and when they were changed. */
  readonly tags?: {readonly at: number; readonly names: readonly string[]};
  /** When the cache of a step run expires, by its ID, and when that was set. */
  readonly expiries?: Readonly<Record<string, {readonly at: number; readonly expiresAt: number}>>;
};

/** The stored status of a run from `at` until the next state. */
export type RunState = {
  readonly at: number;
  readonly status: string;
  readonly reason: string | null;
  readonly inProgress: boolean;
  readonly endTime: number | null;
};

/** One run laid out in absolute time. Its steps are laid out on first use, so that a long list of runs is cheap. */
export type RunTimeline = {
  readonly id: string;
  readonly world: DemoWorld;
  readonly script: RunScript;
  readonly intervention: RecordedIntervention;
  readonly startAt: number;
  readonly createdAt: number;
  readonly states: readonly RunState[];
  readonly getSteps: () => readonly TimedStep[];
  /** In the order in which they appear. */
  readonly getRows: () => readonly StepRow[];
  /** The attempts of one step, oldest first. */
  readonly getStepRows: (stepName: string) => readonly StepRow[];
};

/** One attempt of one step as a row of the server's table. */
export type StepRow = {
  readonly id: string;
  readonly run: RunTimeline;
  readonly step: TimedStep;
  readonly attempt: TimedAttempt;
  /** The row whose outputs this one reuses, if it was cached or skipped. */
  readonly original: StepRow | undefined;
  readonly outputs: readonly ArtifactRow[];
  readonly externalInputsByName: ReadonlyMap<string, ArtifactRow>;
};

/** One artifact version: the output of a step, or a value passed to a step from outside. */
export type ArtifactRow = {
  readonly id: string;
  readonly run: RunTimeline;
  /** The name of the output or input of the step. */
  readonly name: string;
  readonly artifactName: string;
  readonly version: string;
  readonly kind: ArtifactKind;
  readonly saveType: 'step_output' | 'external';
  readonly uri: string;
  readonly createdAt: number;
  readonly contentHash: string | null;
  readonly itemCount: number | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly producerId: string | null;
};
