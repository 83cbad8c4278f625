import {
  buildJsonReply,
  buildJsonTextReply,
  buildMissingEntityError,
  buildZenmlError,
  type DemoReply,
} from '../replies.js';
import {encodeDag} from '../wire/dag.js';
import {buildRunEntity, getRunState, isRunVisible} from '../wire/run.js';
import {buildRunConfig} from '../wire/run-config.js';
import {encodeLogEntries, getRunLogs, type LogFile} from '../world/logs.js';
import type {RunTimeline} from '../world/timeline.js';
import {buildLogsReply} from './log-replies.js';
import {buildEmptyPageReply, parsePageRequest} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {buildRunPageReply} from './run-list.js';
import {buildStepPageReply, checkProject} from './step-list.js';

/** Answers with the run of the path, or that there is none. */
const createRunHandler =
  (answer: (run: RunTimeline, request: RouteRequest) => DemoReply) =>
  (request: RouteRequest): DemoReply => {
    const id = request.params[0] ?? '';
    const run = request.world.runById(id);
    return run && isRunVisible(run, request.now) ? answer(run, request) : buildMissingEntityError('pipeline run', id);
  };

const serveRuns = (request: RouteRequest): DemoReply => {
  const {world, query, now, route} = request;
  const refusal = checkProject(request);
  if (refusal === 'empty') {
    const page = parsePageRequest(query, route);
    return 'status' in page ? page : buildEmptyPageReply(page);
  }
  return refusal ?? buildRunPageReply(world, query, now, {hydrate: isHydrated(request, false), route});
};

const serveRunSteps = createRunHandler((run, request) => {
  const {query, now, route} = request;
  const refusal = checkProject(request);
  if (refusal === 'empty') {
    return buildStepPageReply([], query, now, {hydrate: false, route});
  }
  return refusal ?? buildStepPageReply([run], query, now, {hydrate: false, route});
});

/**
 * Stopping is written first and asked of the orchestrator afterwards, which here cannot do it by force: so a forced stop is
 * refused and takes effect all the same.
 */
const stopRun = createRunHandler((run, {world, query, now}) => {
  const {status, inProgress} = getRunState(run, now);
  if (!inProgress || status === 'stopping') {
    return buildZenmlError(403, 'IllegalOperationError', `Cannot stop a run that is already ${status}.`);
  }
  world.intervene(run, {stoppedAt: now});
  if (query.get('graceful') === 'true') {
    return buildJsonReply(null);
  }
  const message = "The forceful stop run functionality is not implemented for the 'LocalOrchestrator' orchestrator.";
  return buildZenmlError(501, 'NotImplementedError', message);
});

const refuseRefresh = createRunHandler(() =>
  buildZenmlError(
    501,
    'NotImplementedError',
    "The fetch status functionality is not implemented for the 'LocalOrchestrator' orchestrator.",
  ),
);

const serveDag = createRunHandler((run, {query, now}) =>
  buildJsonTextReply(encodeDag(run, now, query.getAll('include_step_metadata'))),
);

const serveLogFile = (file: LogFile, now: number): DemoReply => buildJsonTextReply(encodeLogEntries(file, now));

export const runRoutes: readonly Route[] = [
  {method: 'GET', path: '/runs', answer: serveRuns},
  {
    method: 'GET',
    path: '/runs/{run_id}',
    answer: createRunHandler((run, request) =>
      buildJsonReply(buildRunEntity(run, request.now, isHydrated(request, true))),
    ),
  },
  {
    method: 'GET',
    path: '/runs/{run_id}/status',
    answer: createRunHandler((run, {now}) => buildJsonReply(getRunState(run, now).status)),
  },
  {
    method: 'GET',
    path: '/runs/{run_id}/pipeline-configuration',
    answer: createRunHandler(run => buildJsonReply(buildRunConfig(run))),
  },
  {method: 'GET', path: '/runs/{run_id}/dag', answer: serveDag},
  {method: 'GET', path: '/runs/{run_id}/steps', answer: serveRunSteps},
  {
    method: 'GET',
    path: '/runs/{run_id}/logs',
    answer: createRunHandler((run, {query, now}) =>
      buildLogsReply(getRunLogs(run), query, {kind: 'run', id: run.id, now}, file => serveLogFile(file, now)),
    ),
  },
  {method: 'POST', path: '/runs/{run_id}/stop', answer: stopRun},
  {method: 'POST', path: '/runs/{run_id}/refresh', answer: refuseRefresh},
];
