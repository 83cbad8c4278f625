import {type Answer, missingProject, validationError} from './answers.js';
import {cacheKeyOf} from './cache-keys.js';
import {type Columns, filterFor} from './filters.js';
import {pageOf, pageRequestFor, sortedBy, sortOrderFor} from './pages.js';
import type {RouteRequest} from './route.js';
import {rowsCreatedSoFar, rowsUpdatedFrom} from './row-changes.js';
import {hasEnded, type RunTimeline, type StepRow, updatedAt} from './timeline.js';
import {startTime, statusOf, stepJson} from './wire-step.js';

const model = 'StepRunFilter';

const columnsAt = (now: number): Columns<StepRow> => ({
  id: {type: 'uuid', read: row => [row.id]},
  name: {type: 'string', read: row => [row.step.script.name]},
  status: {type: 'string', read: row => [statusOf(row, now)]},
  version: {type: 'int', read: row => [row.attempt.version]},
  created: {type: 'datetime', read: row => [row.attempt.createdAt]},
  updated: {type: 'datetime', read: row => [updatedAt(row, now)]},
  start_time: {type: 'datetime', read: row => [startTime(row, now)]},
  end_time: {type: 'datetime', read: row => [hasEnded(row, now) ? row.attempt.endAt : null]},
  cache_key: {type: 'string', read: row => [cacheKeyOf(row)]},
  cache_expired: {type: 'bool', read: row => [isExpired(row, now)]},
  original_step_run_id: {type: 'uuid', read: row => [row.original?.id ?? null]},
  pipeline_run_id: {type: 'uuid', read: row => [row.run.id]},
  user: {type: 'string', read: row => [row.run.script.user, row.run.world.userId(row.run.script.user)]},
});

const sortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'version', 'id'];

const isExpired = (row: StepRow, now: number): boolean => {
  const {expiresAfter, servedFrom} = row.step.script;
  if (servedFrom?.as === 'skipped') {
    return true;
  }
  return expiresAfter !== undefined && row.attempt.startAt + expiresAfter * 1000 <= now;
};

const booleans: Readonly<Record<string, boolean>> = {true: true, '1': true, false: false, '0': false};

/** Whether rows that were superseded are left out, or the refusal of a value that is no boolean. */
const hidesRetried = (query: URLSearchParams, route: string): boolean | Answer => {
  const text = query.get('exclude_retried') ?? 'false';
  const value = booleans[text.toLowerCase()];
  if (value !== undefined) {
    return value;
  }
  const message = 'Input should be a valid boolean, unable to interpret input';
  return validationError({type: 'bool_parsing', place: 'query', name: 'exclude_retried', message, input: text, route});
};

/** A lower bound on `updated`, if the request has one, so that a delta need not look at every row. */
const updatedBound = (query: URLSearchParams): number => {
  const found = /^gte?:(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(query.get('updated') ?? '');
  return found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NEGATIVE_INFINITY;
};

/**
 * Whether a list request looks at another project than the scenario's: `empty` for the default project, which is also the one
 * meant when none is named, and a refusal for a project that does not exist.
 */
export const elsewhere = ({world, query}: Pick<RouteRequest, 'world' | 'query'>): 'empty' | Answer | undefined => {
  const project = query.get('project') ?? world.defaultProject.name;
  if (project === world.project.id || project === world.project.name) {
    return undefined;
  }
  const isDefault = project === world.defaultProject.id || project === world.defaultProject.name;
  return isDefault ? 'empty' : missingProject(project);
};

/** `GET /steps` and `GET /runs/{id}/steps` over the rows of these runs. */
export const stepPage = (
  runs: readonly RunTimeline[],
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): Answer => {
  const page = pageRequestFor(query, options.route);
  if ('status' in page) {
    return page;
  }
  const hides = hidesRetried(query, options.route);
  if (typeof hides !== 'boolean') {
    return hides;
  }
  const columns = columnsAt(now);
  const order = sortOrderFor(query, sortColumns, model);
  if ('status' in order) {
    return order;
  }
  const isWanted = filterFor(columns, query, model);
  if (typeof isWanted !== 'function') {
    return isWanted;
  }

  const bound = updatedBound(query);
  const needsDelta = bound > Number.NEGATIVE_INFINITY || order.column === 'updated';
  const found = runs
    .flatMap(run => (needsDelta ? rowsUpdatedFrom(run, bound, now) : rowsCreatedSoFar(run, now)))
    .filter(row => isWanted(row) && !(hides && statusOf(row, now) === 'retried'));
  const isInOrder = runs.length === 1 && order.column === (needsDelta ? 'updated' : 'created');
  const sorted = isInOrder
    ? order.isDescending
      ? found.reverse()
      : found
    : sortedBy(found, row => columns[order.column]?.read(row)[0] ?? null, order.isDescending);
  return pageOf(sorted, page, row => stepJson(row, now, options.hydrate));
};
