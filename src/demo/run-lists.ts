import type {Answer} from './answers.js';
import {type Columns, filterFor} from './filters.js';
import {pageOf, pageRequestFor, sortedBy, sortOrderFor} from './pages.js';
import {runName, snapshotIdOf} from './run-names.js';
import type {RunTimeline} from './timeline.js';
import {runEntity, runExists, runPhase} from './wire-run.js';
import type {World} from './world.js';

const model = 'PipelineRunFilter';

const columnsAt = (now: number): Columns<RunTimeline> => ({
  id: {type: 'uuid', read: run => [run.id]},
  name: {type: 'string', read: run => [runName(run)]},
  index: {type: 'int', read: run => [run.script.index]},
  status: {type: 'string', read: run => [runPhase(run, now).status]},
  in_progress: {type: 'bool', read: run => [runPhase(run, now).inProgress]},
  created: {type: 'datetime', read: run => [run.createdAt]},
  updated: {type: 'datetime', read: run => [runPhase(run, now).at]},
  start_time: {type: 'datetime', read: run => [run.startAt]},
  end_time: {type: 'datetime', read: run => [runPhase(run, now).endTime]},
  pipeline: {type: 'string', read: run => [run.script.pipeline, run.world.pipelineId(run.script.pipeline)]},
  pipeline_name: {type: 'string', read: run => [run.script.pipeline]},
  pipeline_id: {type: 'uuid', read: run => [run.world.pipelineId(run.script.pipeline)]},
  stack: {type: 'string', read: run => [run.world.script.stack.name, run.world.ids.stack]},
  user: {type: 'string', read: run => [run.script.user, run.world.userId(run.script.user)]},
  user_id: {type: 'uuid', read: run => [run.world.userId(run.script.user)]},
  snapshot_id: {type: 'uuid', read: run => [snapshotIdOf(run)]},
  tags: {type: 'string', read: run => run.script.tags ?? []},
  tag: {type: 'string', read: run => run.script.tags ?? []},
  parent_run_id: {type: 'uuid', read: run => [parentId(run)]},
});

const sortColumns = ['created', 'updated', 'start_time', 'end_time', 'name', 'status', 'index', 'id'];

const parentId = (run: RunTimeline): string | null => run.world.runByKey(run.script.parent ?? '')?.id ?? null;

/** `GET /runs`. */
export const runPage = (
  world: World,
  query: URLSearchParams,
  now: number,
  options: {readonly hydrate: boolean; readonly route: string},
): Answer => {
  const page = pageRequestFor(query, options.route);
  if ('status' in page) {
    return page;
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

  const rootsOnly = query.get('root_runs_only') === 'true';
  const found = world
    .runs()
    .filter(run => runExists(run, now) && isWanted(run) && !(rootsOnly && run.script.parent !== undefined));
  const sorted =
    order.column === 'created'
      ? order.isDescending
        ? found
        : found.reverse()
      : sortedBy(found, run => columns[order.column]?.read(run)[0] ?? null, order.isDescending);
  return pageOf(sorted, page, run => JSON.stringify(runEntity(run, now, options.hydrate)));
};
