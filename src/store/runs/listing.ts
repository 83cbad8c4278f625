import type {NamedEntity, PipelineId, ProjectId, RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {JsonRecord} from '../../domain/json.js';
import type {RunFilters} from '../../domain/list-filters.js';
import type {Page} from '../../domain/page.js';
import type {Run} from '../../domain/run.js';
import type {Project} from '../../domain/server.js';
import type {StepTable} from '../../domain/step-table.js';
import type {ComparedStep} from './comparison.js';
import type {RunProgress} from './runs.js';

/** A page of the list; what has changed; what is in progress; runs whose end was missed; only the number of runs. */
type RunsSubset = 'page' | 'delta' | 'in-progress' | 'missed' | 'total';

/** Queries about the runs of a project, and about projects and users. */
export type ListingQuery =
  | {
      readonly kind: 'runs';
      readonly projectId: ProjectId;
      readonly subset: RunsSubset;
      readonly filters: RunFilters;
      /** Starts at 1. */
      readonly page: number;
      readonly size: number;
      /** Where a delta starts, by the server's clock. */
      readonly updatedSince: Instant | undefined;
    }
  /** `isFinal`: the run has ended, and the exception of its first failed step is requested, too. */
  | {
      readonly kind: 'run-progress';
      readonly runId: RunId;
      readonly isFinal: boolean;
      /** Whether the steps themselves are requested, to find out when the run ended. */
      readonly hasDoubtfulEnd: boolean;
    }
  | {readonly kind: 'current-user'}
  | {readonly kind: 'projects'}
  | {readonly kind: 'project'; readonly projectId: ProjectId}
  /** The project that now has the name of the one whose runs were listed, if the server has lost the latter. */
  | {readonly kind: 'new-project'; readonly name: string}
  /** A run with its own metadata and that of its steps; its steps; and their parameters. */
  | {readonly kind: 'compared-run'; readonly runId: RunId}
  | {
      readonly kind: 'compared-steps' | 'compared-parameters';
      readonly runId: RunId;
      readonly projectId: ProjectId | undefined;
    }
  /** A run of the pipeline that was created later than `after`, by the server's clock, to watch next. */
  | {
      readonly kind: 'next-run';
      readonly runId: RunId;
      readonly pipelineId: PipelineId;
      readonly projectId: ProjectId | undefined;
      readonly after: Instant;
    };

export type ListingNews =
  | {
      readonly kind: 'runs';
      readonly subset: RunsSubset;
      readonly filters: RunFilters;
      readonly size: number;
      readonly page: Page<Run>;
    }
  | {
      readonly kind: 'run-progress';
      readonly runId: RunId;
      readonly isFinal: boolean;
      readonly progress: RunProgress;
      /** The steps of `/dag`, if the query requested them. */
      readonly table?: StepTable;
    }
  | {readonly kind: 'current-user'; readonly user: NamedEntity}
  | {readonly kind: 'projects'; readonly projects: readonly Project[]}
  | {readonly kind: 'project'; readonly project: Project}
  /** The project that now has the name of the one whose runs were listed. */
  | {readonly kind: 'new-project'; readonly project: Project}
  | {readonly kind: 'compared-run'; readonly run: Run; readonly metadata: JsonRecord}
  | {readonly kind: 'compared-steps'; readonly runId: RunId; readonly steps: readonly ComparedStep[]}
  | {readonly kind: 'compared-parameters'; readonly runId: RunId; readonly parameters: JsonRecord}
  /** `undefined` if there is none yet. */
  | {readonly kind: 'next-run'; readonly afterId: RunId; readonly run: Run | undefined};

type ListingKind = ListingQuery['kind'];

const listingKinds: Readonly<Record<ListingKind, true>> = {
  runs: true,
  'run-progress': true,
  'current-user': true,
  projects: true,
  project: true,
  'new-project': true,
  'compared-run': true,
  'compared-steps': true,
  'compared-parameters': true,
  'next-run': true,
};

/** Whether a query, or news, is about the runs of the project and not about the open run. */
export const isAboutListing = <T extends {readonly kind: string}>(
  subject: T,
): subject is Extract<T, {readonly kind: ListingKind}> => Object.hasOwn(listingKinds, subject.kind);
