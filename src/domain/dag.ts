import type {ArtifactVersionId, RunId, StepId} from './ids.js';
import type {Instant} from './instant.js';
import type {StatusInfo} from './status.js';
import type {Group} from './step-config.js';

/** A step in `/dag`; without an ID it is only planned. */
export type DagStep = {
  readonly name: string;
  readonly id: StepId | undefined;
  readonly status: StatusInfo | undefined;
  readonly startedAt: Instant | undefined;
  readonly durationMs: number | undefined;
  readonly group: Group | undefined;
  /** Names of the steps that it reads from or waits for. */
  readonly upstream: readonly string[];
};

/** The run of a nested pipeline, or a run that a step triggered. */
export type DagChildRun = {
  readonly id: RunId | undefined;
  readonly name: string;
  /** Its pipeline and number, `tune #12`; `undefined` as long as only the graph is known, and before 0.93. */
  readonly title?: string | undefined;
  readonly status: StatusInfo | undefined;
  readonly startedAt: Instant | undefined;
  readonly durationMs: number | undefined;
  /** The IDs of the artifact versions that it returned; `undefined` as long as only the graph is known. */
  readonly outputIds?: readonly ArtifactVersionId[] | undefined;
};

export type DagWaitCondition = {
  readonly id: string | undefined;
  readonly name: string;
  readonly status: string | undefined;
  readonly question: string | undefined;
};

/** The graph of a run; `steps` are in the topological order of the pipeline. */
export type Dag = {
  readonly steps: readonly DagStep[];
  readonly childRuns: readonly DagChildRun[];
  readonly waitConditions: readonly DagWaitCondition[];
};

/**
 * What a child run is called on the screen: its title if that is known, because the name of a run ends in a date and is often cut.
 */
export const getChildRunTitle = ({title, name}: Pick<DagChildRun, 'title' | 'name'>): string => title ?? name;

/** The date and time that ZenML appends to the name of a pipeline to name a run that has no name of its own. */
const nameDate = /-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d(_\d+)?$/;

/** The name of a run without that date, which is the longer part of most names. */
export const shortenRunName = (name: string): string => name.replace(nameDate, '');

/** What a child run is called where its title may not be known yet. Unlike titles, these names need not be unique. */
export const getChildRunLabel = ({title, name}: Pick<DagChildRun, 'title' | 'name'>): string =>
  title ?? shortenRunName(name);
