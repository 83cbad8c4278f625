import {type Answer, json, jsonText, missingEntity, zenmlError} from './answers.js';
import {logsAnswer} from './log-answers.js';
import {entriesJson, type LogFile, logsOfRun} from './logs.js';
import {emptyPage, pageRequestFor} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {runPage} from './run-lists.js';
import {elsewhere, stepPage} from './step-lists.js';
import type {RunTimeline} from './timeline.js';
import {dagJson} from './wire-dag.js';
import {runEntity, runExists, runPhase} from './wire-run.js';
import {runConfig} from './wire-run-config.js';

/** Answers with the run of the path, or that there is none. */
const withRun =
  (answer: (run: RunTimeline, request: RouteRequest) => Answer) =>
  (request: RouteRequest): Answer => {
    const id = request.params[0] ?? '';
    const run = request.world.runById(id);
    return run && runExists(run, request.now) ? answer(run, request) : missingEntity('pipeline run', id);
  };

const list = (request: RouteRequest): Answer => {
  const {world, query, now, route} = request;
  const refusal = elsewhere(request);
  if (refusal === 'empty') {
    const page = pageRequestFor(query, route);
    return 'status' in page ? page : emptyPage(page);
  }
  return refusal ?? runPage(world, query, now, {hydrate: isHydrated(request, false), route});
};

const steps = withRun((run, request) => {
  const {query, now, route} = request;
  const refusal = elsewhere(request);
  if (refusal === 'empty') {
    return stepPage([], query, now, {hydrate: false, route});
  }
  return refusal ?? stepPage([run], query, now, {hydrate: false, route});
});

/**
 * Stopping is written first and asked of the orchestrator afterwards, which here cannot do it by force: so a forced stop is
 * refused and takes effect all the same.
 */
const stop = withRun((run, {world, query, now}) => {
  const {status, inProgress} = runPhase(run, now);
  if (!inProgress || status === 'stopping') {
    return zenmlError(403, 'IllegalOperationError', `Cannot stop a run that is already ${status}.`);
  }
  world.intervene(run, {stoppedAt: now});
  if (query.get('graceful') === 'true') {
    return json(null);
  }
  const message = "The forceful stop run functionality is not implemented for the 'LocalOrchestrator' orchestrator.";
  return zenmlError(501, 'NotImplementedError', message);
});

const refresh = withRun(() =>
  zenmlError(
    501,
    'NotImplementedError',
    "The fetch status functionality is not implemented for the 'LocalOrchestrator' orchestrator.",
  ),
);

const dag = withRun((run, {query, now}) => jsonText(dagJson(run, now, query.getAll('include_step_metadata'))));

const fileJson = (file: LogFile, now: number): Answer => jsonText(entriesJson(file, now));

export const runRoutes: readonly Route[] = [
  {method: 'GET', path: '/runs', answer: list},
  {
    method: 'GET',
    path: '/runs/{run_id}',
    answer: withRun((run, request) => json(runEntity(run, request.now, isHydrated(request, true)))),
  },
  {method: 'GET', path: '/runs/{run_id}/status', answer: withRun((run, {now}) => json(runPhase(run, now).status))},
  {method: 'GET', path: '/runs/{run_id}/pipeline-configuration', answer: withRun(run => json(runConfig(run)))},
  {method: 'GET', path: '/runs/{run_id}/dag', answer: dag},
  {method: 'GET', path: '/runs/{run_id}/steps', answer: steps},
  {
    method: 'GET',
    path: '/runs/{run_id}/logs',
    answer: withRun((run, {query, now}) =>
      logsAnswer(logsOfRun(run), query, {kind: 'run', id: run.id, now}, file => fileJson(file, now)),
    ),
  },
  {method: 'POST', path: '/runs/{run_id}/stop', answer: stop},
  {method: 'POST', path: '/runs/{run_id}/refresh', answer: refresh},
];
