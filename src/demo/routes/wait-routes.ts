import type {JsonObject} from '../entity.js';
import {buildJsonResponse, buildMissingEntityError, buildZenmlError, type DemoResponse} from '../responses.js';
import {buildUserReference} from '../wire/project.js';
import {buildRunReference} from '../wire/run.js';
import {buildWaitReference, deriveWaitId, isWaiting, isWaitVisible} from '../wire/wait.js';
import type {RunTimeline} from '../world/model.js';
import {buildPageResponse, parsePageRequest} from './pages.js';
import {normalizeId} from './path-ids.js';
import {respondForProject} from './project-runs.js';
import {isHydrated, parseRequestBody, type Route, type RouteRequest} from './route.js';

/** A wait condition as an entity of its own, with its question and its run. */
const buildWaitEntity = (run: RunTimeline, now: number): JsonObject => {
  const {answer} = run.intervention;
  return {
    ...buildWaitReference(run, now),
    metadata: {
      question: run.script.wait?.question ?? null,
      run_metadata: run.script.wait?.metadata ?? {},
      data_schema: run.script.wait?.schema ?? null,
      resolution: answer?.resolution ?? null,
      result: answer?.result ?? null,
    },
    resources: {user: buildUserReference(run.world, run.script.user), run: buildRunReference(run, now)},
  };
};

/** Answers the question of a run. The `approval` scenario waits for this request. */
const resolveWaitCondition = ({world, now, params, body, user}: RouteRequest): DemoResponse => {
  const id = params[0] ?? '';
  const run = world.getRuns().find(each => isWaitVisible(each, now) && deriveWaitId(each) === id);
  if (!run) {
    return buildMissingEntityError('run wait condition', id);
  }

  if (!isWaiting(run, now)) {
    return buildZenmlError(403, 'IllegalOperationError', 'Wait condition has already been resolved.');
  }

  const answer = parseRequestBody<{resolution: unknown; result: unknown}>(body);
  const {resolution, result = null} = answer;
  if (resolution !== 'continue' && resolution !== 'abort') {
    return buildJsonResponse(['ValueError', "Input should be 'continue' or 'abort'"], 422);
  }

  const {schema = null} = run.script.wait ?? {};
  if (schema === null && 'result' in answer) {
    const message = 'Wait conditions without a schema do not accept a result.';
    return buildZenmlError(403, 'IllegalOperationError', message);
  }

  if (resolution === 'continue' && schema !== null && typeof result !== 'boolean') {
    return buildZenmlError(400, 'ValueError', `Value \`${String(result)}\` does not match expected schema.`);
  }

  world.intervene(run, {answer: {at: now, resolution, result, user}});
  return buildJsonResponse(buildWaitEntity(world.findRunById(run.id) ?? run, now));
};

/**
 * The wait conditions of a project: each run asks at most one question. Without `hydrate`, they have no metadata and no resources.
 */
const serveWaitConditions = (request: RouteRequest): DemoResponse => {
  const {query, now, route} = request;
  const page = parsePageRequest(query, route);
  if ('status' in page) {
    return page;
  }

  const runId = query.get('pipeline_run');
  const status = query.get('status');
  return respondForProject(request, runs => {
    const wantedRuns = runs.filter(
      run =>
        isWaitVisible(run, now) &&
        (runId === null || run.id === normalizeId(runId)) &&
        (status === null || status === (isWaiting(run, now) ? 'pending' : 'resolved')),
    );
    return buildPageResponse(wantedRuns, page, run => {
      const {metadata, resources, ...envelope} = buildWaitEntity(run, now);
      const isWhole = isHydrated(request, false);
      return JSON.stringify({...envelope, metadata: isWhole ? metadata : null, resources: isWhole ? resources : null});
    });
  });
};

export const waitRoutes: readonly Route[] = [
  {method: 'GET', path: '/run_wait_conditions', handle: serveWaitConditions},
  {method: 'PUT', path: '/run_wait_conditions/{run_wait_condition_id}/resolve', handle: resolveWaitCondition},
];
