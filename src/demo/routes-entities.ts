import {type Answer, json, jsonText, missingEntity, zenmlError} from './answers.js';
import {groupedBy} from './grouped-by.js';
import {entriesJson, logBody} from './logs.js';
import {emptyPage, pageOf, pageRequestFor} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {elsewhere} from './step-lists.js';
import type {RunTimeline} from './timeline.js';
import {entity} from './wire.js';
import {artifactEntity, previewOf} from './wire-artifact.js';
import {hookEntity, hooksOf} from './wire-hook.js';
import {pipelineEntity, userReference} from './wire-people.js';
import {runExists, runPhase} from './wire-run.js';
import {isWaiting, waitExists, waitIdOf} from './wire-wait.js';
import {waitEntity} from './wire-wait-entity.js';
import {artifactById, logById} from './world-rows.js';

/** One page of things in the project of the request. */
const paged = <Row>(request: RouteRequest, rows: () => readonly Row[], write: (row: Row) => unknown): Answer => {
  const page = pageRequestFor(request.query, request.route);
  if ('status' in page) {
    return page;
  }
  const refusal = elsewhere(request);
  if (refusal === 'empty') {
    return emptyPage(page);
  }
  return refusal ?? pageOf(rows(), page, row => JSON.stringify(write(row)));
};

const runsSoFar = ({world, now}: RouteRequest): RunTimeline[] => world.runs().filter(run => runExists(run, now));

/** Most recently run first. */
const pipelines = (request: RouteRequest): Answer => {
  const {world, now} = request;
  const latest = (): RunTimeline[] => {
    const runs = groupedBy(runsSoFar(request), run => run.script.pipeline);
    return [...runs.values()].flatMap(([newest]) => newest ?? []);
  };
  return paged(request, latest, run =>
    pipelineEntity(world, run.script.pipeline, {
      id: run.id,
      status: runPhase(run, now).status,
      user: run.script.user,
    }),
  );
};

const artifact = (request: RouteRequest): Answer => {
  const {world, now, params} = request;
  const found = artifactById(world, params[0] ?? '');
  if (!found || found.createdAt > now) {
    return missingEntity('artifact version', params[0] ?? '');
  }
  return json(artifactEntity(found, isHydrated(request, true)));
};

const visualization = ({world, now, params}: RouteRequest): Answer => {
  const found = artifactById(world, params[0] ?? '');
  if (!found || found.createdAt > now) {
    return missingEntity('artifact version', params[0] ?? '');
  }
  const preview = previewOf(found);
  const message = `Artifact '${found.id}' has no visualizations.`;
  return preview ? json(preview) : zenmlError(404, 'DoesNotExistException', message);
};

const hooks = (request: RouteRequest): Answer => {
  const {now, query} = request;
  const runId = query.get('pipeline_run_id');
  const stepId = query.get('step_run_id');
  const hydrate = isHydrated(request, false);
  const found = () =>
    runsSoFar(request)
      .filter(run => runId === null || run.id === runId)
      .flatMap(hooksOf)
      .filter(hook => hook.endAt + 27 <= now && (stepId === null || hook.row.id === stepId));
  return paged(request, found, hook => hookEntity(hook, hydrate));
};

const waits = (request: RouteRequest): Answer => {
  const {now, query} = request;
  const runId = query.get('pipeline_run') ?? query.get('run');
  const status = query.get('status');
  const hydrate = isHydrated(request, false);
  const found = () =>
    runsSoFar(request)
      .filter(run => waitExists(run, now) && (runId === null || run.id === runId))
      .filter(run => status === null || status === (isWaiting(run, now) ? 'pending' : 'resolved'));
  return paged(request, found, run => waitEntity(run, now, hydrate));
};

const waitOf = ({world, now, params}: RouteRequest): RunTimeline | undefined =>
  world.runs().find(run => waitExists(run, now) && waitIdOf(run) === params[0]);

const wait = (request: RouteRequest): Answer => {
  const run = waitOf(request);
  if (!run) {
    return missingEntity('run wait condition', request.params[0] ?? '');
  }
  return json(waitEntity(run, request.now, isHydrated(request, true)));
};

const resolve = (request: RouteRequest): Answer => {
  const {world, now, body} = request;
  const run = waitOf(request);
  if (!run) {
    return missingEntity('run wait condition', request.params[0] ?? '');
  }
  if (!isWaiting(run, now)) {
    return zenmlError(403, 'IllegalOperationError', 'Wait condition has already been resolved.');
  }
  const {resolution, result = null}: {resolution?: unknown; result?: unknown} = JSON.parse(body || '{}');
  if (resolution === 'continue' && typeof result !== 'boolean') {
    return zenmlError(400, 'ValueError', `Value \`${String(result)}\` does not match expected schema.`);
  }
  world.intervene(run, {answer: {at: now, resolution: String(resolution), result}});
  const answered = world.runByKey(run.script.key) ?? run;
  return json(waitEntity(answered, now, true));
};

const log = ({world, now, params}: RouteRequest): Answer => {
  const found = logById(world, params[0] ?? '');
  if (!found || found.file.createdAt > now) {
    return missingEntity('log', params[0] ?? '');
  }
  const {file, run} = found;
  const body = logBody(file, {userId: world.userId(run.script.user), run});
  const {step_run_id, pipeline_run_id, artifact_store_id, log_store_id, hook_invocation_id} = body;
  const metadata = {step_run_id, pipeline_run_id, artifact_store_id, log_store_id, hook_invocation_id};
  return json(entity({id: file.id, body, metadata, resources: {user: userReference(world, run.script.user)}}));
};

const entries = ({world, now, params, query}: RouteRequest): Answer => {
  const found = logById(world, params[0] ?? '');
  if (!found || found.file.createdAt > now) {
    return missingEntity('log', params[0] ?? '');
  }
  const isPlain = ['before', 'after', 'search', 'level', 'since', 'until'].every(name => !query.has(name));
  if (!isPlain || (query.get('start') ?? 'oldest') !== 'oldest') {
    const message = 'The artifact log store only reads a log file from its start and serves what fits in one response.';
    return zenmlError(400, 'ValueError', message);
  }
  const limit = Number(query.get('limit') ?? 50_000);
  return jsonText(`{"items":${entriesJson(found.file, now, limit)},"before":null,"after":null}`);
};

/** What hangs on runs and steps. */
export const entityRoutes: readonly Route[] = [
  {method: 'GET', path: '/pipelines', answer: pipelines},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}', answer: artifact},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}/visualize', answer: visualization},
  {method: 'GET', path: '/hook_invocations', answer: hooks},
  {method: 'GET', path: '/run_wait_conditions', answer: waits},
  {method: 'GET', path: '/run_wait_conditions/{run_wait_condition_id}', answer: wait},
  {method: 'PUT', path: '/run_wait_conditions/{run_wait_condition_id}/resolve', answer: resolve},
  {method: 'GET', path: '/logs/{logs_id}', answer: log},
  {method: 'GET', path: '/logs/{logs_id}/entries', answer: entries},
];
