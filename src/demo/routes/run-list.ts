import type {DemoResponse} from '../responses.js';
import {buildRunEntity, getRunState, getRunTags, getRunUpdatedAt} from '../wire/run.js';
import type {RunTimeline} from '../world/model.js';
import {buildRunName, deriveSnapshotId} from '../world/run-names.js';
import type {FilterColumns} from './filters.js';
import {parseListRequest} from './list-request.js';
import {buildPageResponse, sortRows} from './pages.js';

const buildRunColumns = (now: number): FilterColumns<RunTimeline> => ({
  id: {type: 'uuid', read: run => [run.id]},
  name: {type: 'string', read: run => [buildRunName(run)]},
  index: {type: 'int', read: run => [run.script.index]},
  status: {type: 'string', read: run => [getRunState(run, now).status]},
  in_progress: {type: 'bool', read: run => [getRunState(run, now).inProgress]},
  created: {type: 'datetime', read: run => [run.createdAt]},
  updated: {type: 'datetime', read: run => [getRunUpdatedAt(run, now)]},
  start_time: {type: 'datetime', read: run => [run.startAt]},
  end_time: {type: 'datetime', read: run => [getRunState(run, now).endTime]},
  pipeline: {type: 'string', read: run => [run.script.pipeline, run.world.getPipelineId(run.script.pipeline)]},
  pipeline_name: {type: 'string', read: run => [run.script.pipeline]},
  pipeline_id: {type: 'uuid', read: run => [run.world.getPipelineId(run.script.pipeline)]},
  stack: {type: 'string', read: run => [run.world.script.stack.name, run.world.ids.stack]},
  user: {type: 'string', read: run => [run.script.user, run.world.getUserId(run.script.user)]},
  user_id: {type: 'uuid', read: run => [run.world.getUserId(run.script.user)]},
  snapshot_id: {type: 'uuid', read: run => [deriveSnapshotId(run)]},
  tags: {type: 'string', read: getRunTags},
  tag: {type: 'string', read: getRunTags},
  parent_run_id: {type: 'uuid', read: run => [getParentRunId(run)]},
});

const runSortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'index', 'id'];

const getParentRunId = (run: RunTimeline): string | null => run.world.findRunByKey(run.script.parent ?? '')?.id ?? null;

/** The response to `GET /runs`, given all runs of the project, newest first. */
export const buildRunPageResponse = (
  runs: readonly RunTimeline[],
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): DemoResponse => {
  const model = {name: 'PipelineRunFilter', columns: buildRunColumns(now), sortColumns: runSortColumns};
  const request = parseListRequest(query, options.route, model);
  if ('status' in request) {
    return request;
  }

  const {page, order, isWanted} = request;
  const excludesChildRuns = query.get('root_runs_only') === 'true';
  const matchingRuns = runs.filter(run => isWanted(run) && !(excludesChildRuns && run.script.parent !== undefined));
  const orderedRuns =
    order.column === 'created'
      ? order.isDescending
        ? matchingRuns
        : matchingRuns.reverse()
      : sortRows(matchingRuns, run => model.columns[order.column]?.read(run)[0] ?? null, order.isDescending);
  return buildPageResponse(orderedRuns, page, run => JSON.stringify(buildRunEntity(run, now, options.hydrate)));
};
