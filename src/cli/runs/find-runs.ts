import type {Timing} from '../../api/answer.js';
import {problemOf} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import {found, type Outcome} from '../../connection/problem.js';
import type {ProjectChoice} from '../../connection/project.js';
import {searchRuns} from '../../connection/run-search.js';
import {goingOnFilters} from '../../domain/filter/run-filter.js';
import type {Run} from '../../domain/run.js';
import {compareRuns, isGoingOn} from '../../domain/run-row.js';
import {isFinished, statusOf} from '../../domain/status.js';
import type {RunsOptions} from './runs-options.js';

export type RunsFound = {
  readonly runs: readonly Run[];
  readonly total: number;
  readonly project: ProjectChoice;
  readonly timing: Timing;
};

/** Rows asked for at once: more take the server seconds in which it answers nobody else so well. */
const largestPage = 500;

/** The newest runs that the options let through, those in progress on top, as many as the limit allows. */
export const findRuns = async (
  connection: Connection,
  options: Pick<RunsOptions, 'statuses' | 'pipeline' | 'user' | 'limit'>,
  signal: AbortSignal,
): Promise<Outcome<RunsFound>> => {
  const user = await userFilter(connection, options.user, signal);
  if (!user.ok) {
    return user;
  }

  const filters = {...user.value, ...statusFilter(options.statuses), ...pipelineFilter(options.pipeline)};
  const mayGoOn = options.statuses.length === 0 || options.statuses.some(word => !isFinished(statusOf(word)));
  const [newest, going] = await Promise.all([
    fetchNewest(connection, filters, options.limit, signal),
    // Those that have gone on for long may be older than all that are listed.
    mayGoOn ? fetchGoingOn(connection, filters, options.limit, signal) : found([]),
  ]);
  if (!newest.ok) {
    return newest;
  }

  const runsById = new Map([...newest.value.runs, ...(going.ok ? going.value : [])].map(run => [run.id, run]));
  const runs = [...runsById.values()].sort(compareRuns).slice(0, options.limit);
  return found({...newest.value, runs});
};

type Filters = Readonly<Record<string, string>>;

const statusFilter = (words: readonly string[]): Filters => {
  const [only] = words;
  return only === undefined
    ? {}
    : {status: words.length === 1 ? `equals:${only}` : `oneof:${JSON.stringify([...new Set(words)])}`};
};

const pipelineFilter = (pipeline: string | undefined): Filters => (pipeline === undefined ? {} : {pipeline});

const userFilter = async (
  {client, explainContext}: Connection,
  user: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<Filters>> => {
  if (user !== 'me') {
    return found(user === undefined ? {} : {user});
  }

  const me = await client.fetchCurrentUser(signal);
  return me.ok ? found({user: me.value.id}) : problemOf(me.failure, explainContext);
};

const fetchNewest = async (
  connection: Connection,
  filters: Filters,
  limit: number,
  signal: AbortSignal,
): Promise<Outcome<RunsFound>> => {
  const size = Math.min(limit, largestPage);
  const first = await searchRuns(connection, {filters, size}, signal);
  if (!first.ok) {
    return first;
  }

  const runs = [...first.value.runs];
  for (let page = 2; runs.length < Math.min(limit, first.value.total); page += 1) {
    const next = await searchRuns(connection, {filters, size, page}, signal);
    if (!next.ok) {
      return next;
    }

    if (next.value.runs.length === 0) {
      break;
    }

    runs.push(...next.value.runs);
  }

  return found({...first.value, runs});
};

const fetchGoingOn = async (
  connection: Connection,
  filters: Filters,
  limit: number,
  signal: AbortSignal,
): Promise<Outcome<readonly Run[]>> => {
  const info = await connection.serverInfo;
  const server = info.ok ? info.value : undefined;
  // The statuses that were asked for are narrower than those of all that goes on.
  const search = {filters: {...goingOnFilters(server), ...filters}, size: Math.min(limit, largestPage)};
  const going = await searchRuns(connection, search, signal);
  return going.ok ? found(going.value.runs.filter(isGoingOn)) : going;
};
