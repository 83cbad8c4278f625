import type {Timing} from '../../api/response.js';
import {failWithFailure} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import {failWithServerError, type Outcome, type Problem, succeedWith} from '../../connection/problem.js';
import type {ProjectChoice} from '../../connection/project.js';
import {describeProject} from '../../connection/resolve-run.js';
import {searchRuns} from '../../connection/run-search.js';
import {getInProgressFilters} from '../../domain/filter/run-filter.js';
import type {RunFilters} from '../../domain/list-filters.js';
import type {Run} from '../../domain/run.js';
import {isEndDoubtful} from '../../domain/run-end.js';
import {compareRunRows, correctProgress, isRowInProgress} from '../../domain/run-row.js';
import {isFinished, parseStatus} from '../../domain/status.js';
import {fetchRunWithEnd} from './fetch-run-with-end.js';
import type {RunsOptions} from './runs-options.js';

export type RunListing = {
  readonly runs: readonly Run[];
  readonly total: number;
  readonly project: ProjectChoice;
  readonly timing: Timing;
  /** Why the list ends before the limit. */
  readonly problem?: Problem;
};

/** Rows per request: more would keep the server busy for seconds. */
const maxRunsPerPage = 500;

/** Fetches the newest runs that match the options, active runs first, up to the limit. */
export const fetchRunListing = async (
  connection: Connection,
  options: Pick<RunsOptions, 'statuses' | 'pipeline' | 'user' | 'limit'>,
  signal: AbortSignal,
): Promise<Outcome<RunListing>> => {
  const user = await fetchUserFilter(connection, options.user, signal);
  if (!user.ok) {
    return user;
  }

  const filters = {...user.value, ...buildStatusFilter(options.statuses), ...buildPipelineFilter(options.pipeline)};
  const mayBeInProgress = options.statuses.length === 0 || options.statuses.some(canBeInProgress);
  const [newest, inProgress] = await Promise.all([
    fetchNewest(connection, filters, options.limit, signal),
    // A long-running run may be older than all that are listed.
    mayBeInProgress ? fetchInProgress(connection, filters, options.limit, signal) : succeedWith([]),
  ]);
  if (!newest.ok) {
    return newest;
  }

  if (newest.value.total === 0) {
    const unknownNameFailure = await findUnknownNameFailure(connection, options, user.value, signal);
    if (unknownNameFailure !== undefined) {
      return unknownNameFailure;
    }
  }

  const runsById = new Map(
    [...newest.value.runs, ...(inProgress.ok ? inProgress.value : [])].map(run => [run.id, run]),
  );
  const info = await connection.serverInfo;
  const server = info.ok ? info.value : undefined;
  const {timing} = newest.value;
  const now = timing.serverDateAt ?? timing.respondedAt;
  const correctedRuns = await Promise.all(
    [...runsById.values()].map(run => fetchRunWithEnd(connection.client, run, {server, now}, signal)),
  );
  const runs = correctedRuns.sort(compareRunRows).slice(0, options.limit);
  return succeedWith({...newest.value, runs});
};

/** Whether a run with this status can be in progress: other steps of a failed run may still be running. */
const canBeInProgress = (word: string): boolean => {
  const status = parseStatus(word);
  return !isFinished(status) || isEndDoubtful({status, isInProgress: true});
};

const buildStatusFilter = (words: readonly string[]): RunFilters => {
  const [only] = words;
  return only === undefined ? {} : {status: words.length === 1 ? only : {oneOf: [...new Set(words)]}};
};

const buildPipelineFilter = (pipeline: string | undefined): RunFilters => (pipeline === undefined ? {} : {pipeline});

const fetchUserFilter = async (
  {client, explainContext}: Connection,
  user: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<RunFilters>> => {
  if (user !== 'me') {
    return succeedWith(user === undefined ? {} : {user});
  }

  const me = await client.fetchCurrentUser(signal);
  return me.ok ? succeedWith({user: me.value.id}) : failWithFailure(me.failure, explainContext);
};

/** How many of the latest runs are searched for names that may have been meant. */
const maxSuggestionRuns = 100;
const maxSuggestions = 8;

/** A failure if the project has no run by this user or of this pipeline: the name is probably misspelled. */
const findUnknownNameFailure = async (
  connection: Connection,
  {pipeline, user}: Pick<RunsOptions, 'pipeline' | 'user'>,
  userFilter: RunFilters,
  signal: AbortSignal,
) => {
  const checks = [
    {kind: 'pipeline', name: pipeline, filters: buildPipelineFilter(pipeline), pick: (run: Run) => run.pipeline?.name},
    {kind: 'user', name: user === 'me' ? undefined : user, filters: userFilter, pick: (run: Run) => run.user?.name},
  ] as const;
  for (const {kind, name, filters, pick} of checks) {
    const found = name === undefined ? undefined : await searchRuns(connection, {filters, size: 1}, signal);
    if (found?.ok === true && found.value.total === 0) {
      const latest = await searchRuns(connection, {filters: {}, size: maxSuggestionRuns}, signal);
      const names = latest.ok ? [...new Set(latest.value.runs.flatMap(run => pick(run) ?? []))] : [];
      const nameList = names.slice(0, maxSuggestions).join(', ');
      return failWithServerError(
        `No runs ${kind === 'user' ? 'by' : 'of'} ${kind} “${name}” in ${await describeProject(connection, found.value.project, signal)}.`,
        nameList === ''
          ? 'Use --project NAME for another project.'
          : `${kind === 'user' ? 'Users' : 'Pipelines'} of the latest runs: ${nameList}.`,
      );
    }
  }

  return undefined;
};

const fetchNewest = async (
  connection: Connection,
  filters: RunFilters,
  limit: number,
  signal: AbortSignal,
): Promise<Outcome<RunListing>> => {
  const size = Math.min(limit, maxRunsPerPage);
  const first = await searchRuns(connection, {filters, size}, signal);
  if (!first.ok) {
    return first;
  }

  // A run that starts in the meantime moves another one to the next page, where it is listed again.
  const runsById = new Map(first.value.runs.map(run => [run.id, run]));
  for (let page = 2; runsById.size < Math.min(limit, first.value.total); page += 1) {
    const next = await searchRuns(connection, {filters, size, page}, signal);
    if (!next.ok) {
      return succeedWith({...first.value, runs: [...runsById.values()], problem: next.problem});
    }

    const knownCount = runsById.size;
    for (const run of next.value.runs) {
      runsById.set(run.id, run);
    }

    if (runsById.size === knownCount) {
      break;
    }
  }

  return succeedWith({...first.value, runs: [...runsById.values()]});
};

const fetchInProgress = async (
  connection: Connection,
  filters: RunFilters,
  limit: number,
  signal: AbortSignal,
): Promise<Outcome<readonly Run[]>> => {
  const info = await connection.serverInfo;
  const server = info.ok ? info.value : undefined;
  // The statuses of the options are narrower than "in progress" and replace it.
  const search = {filters: {...getInProgressFilters(server), ...filters}, size: Math.min(limit, maxRunsPerPage)};
  const found = await searchRuns(connection, search, signal);
  return found.ok ? succeedWith(found.value.runs.filter(run => isRowInProgress(correctProgress(run, server)))) : found;
};
