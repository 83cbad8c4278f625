import type {RunsQuery} from '../api/client.js';
import type {Timing} from '../api/response.js';
import type {RunFilters} from '../domain/list-filters.js';
import {isRunOver, type Run} from '../domain/run.js';
import {isRunInProgress} from '../domain/run-row.js';
import {failWithFailure} from './explain-failure.js';
import type {Connection} from './open-connection.js';
import {type Outcome, type RunCandidate, succeedWith} from './problem.js';
import type {ProjectChoice} from './project.js';

/** Runs of one project. `total` counts all that match the filters, not only the page that was fetched. */
export type FoundRuns = {
  readonly runs: readonly Run[];
  readonly total: number;
  readonly timing: Timing;
  readonly project: ProjectChoice;
};

/** Which runs to search, newest first. */
type RunSearch = {
  readonly filters: RunFilters;
  readonly size: number;
  /** Counted from 1 (default: 1). */
  readonly page?: number;
};

const buildRunsQuery = ({filters, size, page = 1}: RunSearch, project: ProjectChoice): RunsQuery => ({
  projectId: project.id,
  filters,
  size,
  page,
  order: 'newest-first',
  isHydrated: true,
});

/** Lists runs of the connection's project, or of another one if that does not exist. */
export const searchRuns = async (
  connection: Connection,
  search: RunSearch,
  signal: AbortSignal,
): Promise<Outcome<FoundRuns>> => {
  const project = await connection.findProject(signal);
  if (!project.ok) {
    return project;
  }

  let searchedProject = project.value;
  let response = await connection.client.fetchRuns(buildRunsQuery(search, searchedProject), signal);
  // A list of runs always exists, so it is the project that the server does not know.
  if (!response.ok && response.failure.kind === 'not-found') {
    const replacement = await connection.findReplacementProject(signal, searchedProject.id);
    if (!replacement.ok) {
      return replacement;
    }

    searchedProject = replacement.value;
    response = await connection.client.fetchRuns(buildRunsQuery(search, searchedProject), signal);
  }

  return response.ok
    ? succeedWith({
        runs: response.value.items,
        total: response.value.total,
        timing: response.timing,
        project: searchedProject,
      })
    : failWithFailure(response.failure, connection.explainContext);
};

/** How many runs that the server lists as in progress are searched for one that has not failed. */
const maxInProgress = 10;

/**
 * The newest run in progress, else the newest run. Up to 0.93.0, servers list some failed runs as in progress for good: such a run
 * counts only if it is the newest anyway.
 */
export const searchActiveOrNewest = async (
  connection: Connection,
  filters: RunSearch['filters'],
  signal: AbortSignal,
): Promise<Outcome<FoundRuns>> => {
  const newest = await searchRuns(connection, {filters, size: 1}, signal);
  const run = newest.ok ? newest.value.runs[0] : undefined;
  if (!newest.ok || run === undefined || !isRunOver(run)) {
    return newest;
  }

  const search = {filters: {...filters, isInProgress: true}, size: maxInProgress} as const;
  const inProgress = await searchRuns(connection, search, signal);
  const live = inProgress.ok ? inProgress.value.runs.find(isRunInProgress) : undefined;
  return inProgress.ok && live !== undefined ? succeedWith({...inProgress.value, runs: [live]}) : newest;
};

export const createRunCandidate = ({id, name, statusWord, startedAt, createdAt}: Run): RunCandidate => ({
  id,
  name,
  statusWord,
  startedAt: startedAt ?? createdAt,
});
