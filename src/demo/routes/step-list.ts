import {buildMissingProjectError, buildValidationError, type DemoReply} from '../replies.js';
import {getCacheKey} from '../wire/cache-key.js';
import {encodeStep, getRowStatus, getStartTime} from '../wire/step.js';
import {getRowsUpdatedSince, getVisibleRows} from '../world/row-changes.js';
import {getUpdatedAt, hasRowEnded, type RunTimeline, type StepRow} from '../world/timeline.js';
import {type FilterColumns, parseRowFilter} from './filters.js';
import {buildPageReply, parsePageRequest, parseSortOrder, sortRows} from './pages.js';
import type {RouteRequest} from './route.js';

const stepFilterModel = 'StepRunFilter';

const buildStepColumns = (now: number): FilterColumns<StepRow> => ({
  id: {type: 'uuid', read: row => [row.id]},
  name: {type: 'string', read: row => [row.step.script.name]},
  status: {type: 'string', read: row => [getRowStatus(row, now)]},
  version: {type: 'int', read: row => [row.attempt.version]},
  created: {type: 'datetime', read: row => [row.attempt.createdAt]},
  updated: {type: 'datetime', read: row => [getUpdatedAt(row, now)]},
  start_time: {type: 'datetime', read: row => [getStartTime(row, now)]},
  end_time: {type: 'datetime', read: row => [hasRowEnded(row, now) ? row.attempt.endAt : null]},
  cache_key: {type: 'string', read: row => [getCacheKey(row)]},
  cache_expired: {type: 'bool', read: row => [isCacheExpired(row, now)]},
  original_step_run_id: {type: 'uuid', read: row => [row.original?.id ?? null]},
  pipeline_run_id: {type: 'uuid', read: row => [row.run.id]},
  user: {type: 'string', read: row => [row.run.script.user, row.run.world.userId(row.run.script.user)]},
});

const stepSortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'version', 'id'];

const isCacheExpired = (row: StepRow, now: number): boolean => {
  const {expiresAfter, servedFrom} = row.step.script;
  if (servedFrom?.as === 'skipped') {
    return true;
  }
  return expiresAfter !== undefined && row.attempt.startAt + expiresAfter * 1000 <= now;
};

const booleanByText: Readonly<Record<string, boolean>> = {true: true, '1': true, false: false, '0': false};

/** Whether rows that were superseded are left out, or the refusal of a value that is no boolean. */
const parseExcludeRetried = (query: URLSearchParams, route: string): boolean | DemoReply => {
  const text = query.get('exclude_retried') ?? 'false';
  const value = booleanByText[text.toLowerCase()];
  if (value !== undefined) {
    return value;
  }
  const message = 'Input should be a valid boolean, unable to interpret input';
  return buildValidationError({
    type: 'bool_parsing',
    place: 'query',
    name: 'exclude_retried',
    message,
    input: text,
    route,
  });
};

/** A lower bound on `updated`, if the request has one, so that a delta need not look at every row. */
const parseUpdatedBound = (query: URLSearchParams): number => {
  const found = /^gte?:(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(query.get('updated') ?? '');
  return found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NEGATIVE_INFINITY;
};

/**
 * Whether a list request looks at another project than the scenario's: `empty` for the default project, which is also the one
 * meant when none is named, and a refusal for a project that does not exist.
 */
export const checkProject = ({
  world,
  query,
}: Pick<RouteRequest, 'world' | 'query'>): 'empty' | DemoReply | undefined => {
  const project = query.get('project') ?? world.defaultProject.name;
  if (project === world.project.id || project === world.project.name) {
    return undefined;
  }
  const isDefault = project === world.defaultProject.id || project === world.defaultProject.name;
  return isDefault ? 'empty' : buildMissingProjectError(project);
};

/** `GET /steps` and `GET /runs/{id}/steps` over the rows of these runs. */
export const buildStepPageReply = (
  runs: readonly RunTimeline[],
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): DemoReply => {
  const page = parsePageRequest(query, options.route);
  if ('status' in page) {
    return page;
  }
  const hides = parseExcludeRetried(query, options.route);
  if (typeof hides !== 'boolean') {
    return hides;
  }
  const columns = buildStepColumns(now);
  const order = parseSortOrder(query, stepSortColumns, stepFilterModel);
  if ('status' in order) {
    return order;
  }
  const isWanted = parseRowFilter(columns, query, stepFilterModel);
  if (typeof isWanted !== 'function') {
    return isWanted;
  }

  const bound = parseUpdatedBound(query);
  const needsDelta = bound > Number.NEGATIVE_INFINITY || order.column === 'updated';
  const found = runs
    .flatMap(run => (needsDelta ? getRowsUpdatedSince(run, bound, now) : getVisibleRows(run, now)))
    .filter(row => isWanted(row) && !(hides && getRowStatus(row, now) === 'retried'));
  const isInOrder = runs.length === 1 && order.column === (needsDelta ? 'updated' : 'created');
  const sorted = isInOrder
    ? order.isDescending
      ? found.reverse()
      : found
    : sortRows(found, row => columns[order.column]?.read(row)[0] ?? null, order.isDescending);
  return buildPageReply(sorted, page, row => encodeStep(row, now, options.hydrate));
};
