import {buildValidationError, type DemoResponse} from '../responses.js';
import {getCacheKey} from '../wire/cache-key.js';
import {encodeStep, getRowStatus, getStartTime, isCacheExpired} from '../wire/step.js';
import type {RunTimeline, StepRow} from '../world/model.js';
import {getRowsUpdatedSince, getVisibleRows} from '../world/row-changes.js';
import {getUpdatedAt, hasRowEnded} from '../world/timeline.js';
import type {FilterColumns} from './filters.js';
import {parseListRequest} from './list-request.js';
import {buildPageResponse, sortRows} from './pages.js';

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
  user: {type: 'string', read: row => [row.run.script.user, row.run.world.getUserId(row.run.script.user)]},
});

const stepSortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'version', 'id'];

const booleanByText: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `exclude_retried`, or the server's error if it is not a boolean. */
const parseExcludeRetried = (query: URLSearchParams, route: string): boolean | DemoResponse => {
  const text = query.get('exclude_retried') ?? 'false';
  const value = booleanByText.get(text.toLowerCase());
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

/**
 * The lower bound on `updated` in epoch milliseconds, so that a delta does not have to look at every row. `-Infinity` if there is
 * none.
 */
const parseUpdatedBound = (query: URLSearchParams): number => {
  const match = /^gte?:(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(query.get('updated') ?? '');
  return match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NEGATIVE_INFINITY;
};

/** The response to `GET /steps` and `GET /runs/{id}/steps` with the steps of these runs. */
export const buildStepPageResponse = (
  runs: readonly RunTimeline[],
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): DemoResponse => {
  const model = {name: 'StepRunFilter', columns: buildStepColumns(now), sortColumns: stepSortColumns};
  const request = parseListRequest(query, options.route, model);
  if ('status' in request) {
    return request;
  }

  const excludesRetried = parseExcludeRetried(query, options.route);
  if (typeof excludesRetried !== 'boolean') {
    return excludesRetried;
  }

  const {page, order, isWanted} = request;
  const bound = parseUpdatedBound(query);
  const isDelta = bound > Number.NEGATIVE_INFINITY || order.column === 'updated';
  const matchingRows = runs
    .flatMap(run => (isDelta ? getRowsUpdatedSince(run, bound, now) : getVisibleRows(run, now)))
    .filter(row => isWanted(row) && !(excludesRetried && getRowStatus(row, now) === 'retried'));
  const isInOrder = runs.length === 1 && order.column === (isDelta ? 'updated' : 'created');
  const orderedRows = isInOrder
    ? order.isDescending
      ? matchingRows.reverse()
      : matchingRows
    : sortRows(matchingRows, row => model.columns[order.column]?.read(row)[0] ?? null, order.isDescending);
  return buildPageResponse(orderedRows, page, row => encodeStep(row, now, options.hydrate));
};
