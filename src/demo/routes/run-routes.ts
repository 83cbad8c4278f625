import {
  buildJsonResponse,
  buildJsonTextResponse,
  buildMissingEntityError,
  buildZenmlError,
  type DemoResponse,
} from '../responses.js';
import {encodeDag} from '../wire/dag.js';
import {buildRunEntity, getRunState, getRunTags, isRunVisible} from '../wire/run.js';
import {getRunLogs} from '../world/logs.js';
import type {RunTimeline} from '../world/model.js';
import {buildLogsResponse} from './log-responses.js';
import {respondForProject} from './project-runs.js';
import {isHydrated, parseRequestBody, type Route, type RouteRequest} from './route.js';
import {buildRunPageResponse} from './run-list.js';
import {buildStepPageResponse} from './step-list.js';

/** A handler that calls `respond` with the run in the path, or responds with 404 if there is no such run. */
const createRunHandler =
  (respond: (run: RunTimeline, request: RouteRequest) => DemoResponse) =>
  (request: RouteRequest): DemoResponse => {
    const id = request.params[0] ?? '';
    const run = request.world.findRunById(id);
    return run && isRunVisible(run, request.now) ? respond(run, request) : buildMissingEntityError('pipeline run', id);
  };

const serveRuns = (request: RouteRequest): DemoResponse => {
  const {query, now, route} = request;
  const options = {hydrate: isHydrated(request, false), route};
  return respondForProject(request, runs => buildRunPageResponse(runs, query, now, options));
};

const serveRun = createRunHandler((run, request) =>
  buildJsonResponse(buildRunEntity(run, request.now, isHydrated(request, true))),
);

const serveRunSteps = createRunHandler((run, request) => {
  const {query, now, route} = request;
  return respondForProject(request, runs => {
    const wantedRuns = runs.filter(({id}) => id === run.id);
    return buildStepPageResponse(wantedRuns, query, now, {hydrate: false, route});
  });
});

const serveDag = createRunHandler((run, {query, now}) =>
  buildJsonTextResponse(encodeDag(run, now, query.getAll('include_step_metadata'))),
);

const serveRunLogs = createRunHandler((run, {query, now}) =>
  buildLogsResponse(getRunLogs(run), query, {kind: 'run', id: run.id, now}),
);

/**
 * The server records the stop before it calls the orchestrator, and this orchestrator cannot stop a run by force: the
 * response to a forced stop is an error although it takes effect.
 */
const stopRun = createRunHandler((run, {world, query, now}) => {
  const {status, inProgress} = getRunState(run, now);
  const refusal = findStopRefusal(status, inProgress);
  if (refusal) {
    return buildZenmlError(403, 'IllegalOperationError', refusal);
  }

  world.intervene(run, {stoppedAt: now});
  if (query.get('graceful') === 'true') {
    return buildJsonResponse(null);
  }

  const message = "The forceful stop run functionality is not implemented for the 'KubeflowOrchestrator' orchestrator.";
  return buildZenmlError(501, 'NotImplementedError', message);
});

const findStopRefusal = (status: string, inProgress: boolean): string | undefined => {
  switch (status) {
    case 'stopping':
      return 'Run is already being stopped.';
    case 'stopped':
      return 'Run is already stopped.';
    case 'failed':
      return 'Cannot update the status of a finished run.';
    case 'initializing':
      return 'Cannot stop a pipeline run that has no orchestrator run id yet.';
    default:
      return inProgress ? undefined : `Cannot stop a run that is already ${status}.`;
  }
};

/** Adds and removes tags. ZenML's own client also sets statuses with this request, which the demo does not need. */
const updateRun = createRunHandler((run, {world, now, body}) => {
  const {add_tags: added = [], remove_tags: removed = []} = parseRequestBody<{
    add_tags?: string[];
    remove_tags?: string[];
  }>(body);
  if ([...added, ...removed].some(tag => /\p{Cc}/u.test(tag))) {
    return buildZenmlError(400, 'ValueError', 'Tag names must not contain control characters.');
  }

  const names = [...new Set([...getRunTags(run), ...added])].filter(tag => !removed.includes(tag));
  world.intervene(run, {tags: {at: now, names}});
  return buildJsonResponse(buildRunEntity(world.findRunById(run.id) ?? run, now, true));
});

const refuseRefresh = createRunHandler(() =>
  buildZenmlError(
    501,
    'NotImplementedError',
    "The fetch status functionality is not implemented for the 'KubeflowOrchestrator' orchestrator.",
  ),
);

export const runRoutes: readonly Route[] = [
  {method: 'GET', path: '/runs', handle: serveRuns},
  {method: 'GET', path: '/runs/{run_id}', handle: serveRun},
  {method: 'GET', path: '/runs/{run_id}/dag', handle: serveDag},
  {method: 'GET', path: '/runs/{run_id}/steps', handle: serveRunSteps},
  {method: 'GET', path: '/runs/{run_id}/logs', handle: serveRunLogs},
  {method: 'PUT', path: '/runs/{run_id}', handle: updateRun},
  {method: 'POST', path: '/runs/{run_id}/stop', handle: stopRun},
  {method: 'POST', path: '/runs/{run_id}/refresh', handle: refuseRefresh},
];
