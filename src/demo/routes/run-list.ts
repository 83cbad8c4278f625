import type {DemoReply} from '../replies.js';
import {buildRunEntity, getRunState, isRunVisible} from '../wire/run.js';
import {buildRunName, deriveSnapshotId} from '../world/run-names.js';
import type {RunTimeline} from '../world/timeline.js';
import type {DemoWorld} from '../world/world.js';
import {type FilterColumns, parseRowFilter} from './filters.js';
import {buildPageReply, parsePageRequest, parseSortOrder, sortRows} from './pages.js';

const runFilterModel = 'PipelineRunFilter';

const buildRunColumns = (now: number): FilterColumns<RunTimeline> => ({
  id: {type: 'uuid', read: run => [run.id]},
  name: {type: 'string', read: run => [buildRunName(run)]},
  index: {type: 'int', read: run => [run.script.index]},
  status: {type: 'string', read: run => [getRunState(run, now).status]},
  in_progress: {type: 'bool', read: run => [getRunState(run, now).inProgress]},
  created: {type: 'datetime', read: run => [run.createdAt]},
  updated: {type: 'datetime', read: run => [getRunState(run, now).at]},
  start_time: {type: 'datetime', read: run => [run.startAt]},
  end_time: {type: 'datetime', read: run => [getRunState(run, now).endTime]},
  pipeline: {type: 'string', read: run => [run.script.pipeline, run.world.pipelineId(run.script.pipeline)]},
  pipeline_name: {type: 'string', read: run => [run.script.pipeline]},
  pipeline_id: {type: 'uuid', read: run => [run.world.pipelineId(run.script.pipeline)]},
  stack: {type: 'string', read: run => [run.world.script.stack.name, run.world.ids.stack]},
  user: {type: 'string', read: run => [run.script.user, run.world.userId(run.script.user)]},
  user_id: {type: 'uuid', read: run => [run.world.userId(run.script.user)]},
  snapshot_id: {type: 'uuid', read: run => [deriveSnapshotId(run)]},
  tags: {type: 'string', read: run => run.script.tags ?? []},
  tag: {type: 'string', read: run => run.script.tags ?? []},
  parent_run_id: {type: 'uuid', read: run => [getParentRunId(run)]},
});

const runSortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'index', 'id'];

const getParentRunId = (run: RunTimeline): string | null => run.world.runByKey(run.script.parent ?? '')?.id ?? null;

/** `GET /runs`. */
export const buildRunPageReply = (
  world: DemoWorld,
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): DemoReply => {
  const page = parsePageRequest(query, options.route);
  if ('status' in page) {
    return page;
  }
  const columns = buildRunColumns(now);
  const order = parseSortOrder(query, runSortColumns, runFilterModel);
  if ('status' in order) {
    return order;
  }
  const isWanted = parseRowFilter(columns, query, runFilterModel);
  if (typeof isWanted !== 'function') {
    return isWanted;
  }

  const rootsOnly = query.get('root_runs_only') === 'true';
  const found = world
    .runs()
    .filter(run => isRunVisible(run, now) && isWanted(run) && !(rootsOnly && run.script.parent !== undefined));
  const sorted =
    order.column === 'created'
      ? order.isDescending
        ? found
        : found.reverse()
      : sortRows(found, run => columns[order.column]?.read(run)[0] ?? null, order.isDescending);
  return buildPageReply(sorted, page, run => JSON.stringify(buildRunEntity(run, now, options.hydrate)));
};
