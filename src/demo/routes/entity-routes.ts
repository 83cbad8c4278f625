import {buildEntity} from '../entity.js';
import {groupBy} from '../group-by.js';
import {
  buildJsonReply,
  buildJsonTextReply,
  buildMissingEntityError,
  buildZenmlError,
  type DemoReply,
} from '../replies.js';
import {buildArtifactEntity, findPreview} from '../wire/artifact.js';
import {buildHookEntity, getHookRows} from '../wire/hook.js';
import {buildPipelineEntity, buildUserReference} from '../wire/project.js';
import {getRunState, isRunVisible} from '../wire/run.js';
import {deriveWaitId, isWaiting, isWaitVisible} from '../wire/wait.js';
import {buildWaitEntity} from '../wire/wait-entity.js';
import {findArtifactById, findLogById} from '../world/find-by-id.js';
import {buildLogBody, encodeLogEntries} from '../world/logs.js';
import type {RunTimeline} from '../world/timeline.js';
import {buildEmptyPageReply, buildPageReply, parsePageRequest} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {checkProject} from './step-list.js';

/** One page of things in the project of the request. */
const servePage = <Row>(request: RouteRequest, rows: () => readonly Row[], write: (row: Row) => unknown): DemoReply => {
  const page = parsePageRequest(request.query, request.route);
  if ('status' in page) {
    return page;
  }
  const refusal = checkProject(request);
  if (refusal === 'empty') {
    return buildEmptyPageReply(page);
  }
  return refusal ?? buildPageReply(rows(), page, row => JSON.stringify(write(row)));
};

const getVisibleRuns = ({world, now}: RouteRequest): RunTimeline[] =>
  world.runs().filter(run => isRunVisible(run, now));

/** Most recently run first. */
const servePipelines = (request: RouteRequest): DemoReply => {
  const {world, now} = request;
  const latest = (): RunTimeline[] => {
    const runs = groupBy(getVisibleRuns(request), run => run.script.pipeline);
    return [...runs.values()].flatMap(([newest]) => newest ?? []);
  };
  return servePage(request, latest, run =>
    buildPipelineEntity(world, run.script.pipeline, {
      id: run.id,
      status: getRunState(run, now).status,
      user: run.script.user,
    }),
  );
};

const serveArtifactVersion = (request: RouteRequest): DemoReply => {
  const {world, now, params} = request;
  const found = findArtifactById(world, params[0] ?? '');
  if (!found || found.createdAt > now) {
    return buildMissingEntityError('artifact version', params[0] ?? '');
  }
  return buildJsonReply(buildArtifactEntity(found, isHydrated(request, true)));
};

const serveVisualization = ({world, now, params}: RouteRequest): DemoReply => {
  const found = findArtifactById(world, params[0] ?? '');
  if (!found || found.createdAt > now) {
    return buildMissingEntityError('artifact version', params[0] ?? '');
  }
  const preview = findPreview(found);
  const message = `Artifact '${found.id}' has no visualizations.`;
  return preview ? buildJsonReply(preview) : buildZenmlError(404, 'DoesNotExistException', message);
};

const serveHookInvocations = (request: RouteRequest): DemoReply => {
  const {now, query} = request;
  const runId = query.get('pipeline_run_id');
  const stepId = query.get('step_run_id');
  const hydrate = isHydrated(request, false);
  const found = () =>
    getVisibleRuns(request)
      .filter(run => runId === null || run.id === runId)
      .flatMap(getHookRows)
      .filter(hook => hook.endAt + 27 <= now && (stepId === null || hook.row.id === stepId));
  return servePage(request, found, hook => buildHookEntity(hook, hydrate));
};

const serveWaitConditions = (request: RouteRequest): DemoReply => {
  const {now, query} = request;
  const runId = query.get('pipeline_run') ?? query.get('run');
  const status = query.get('status');
  const hydrate = isHydrated(request, false);
  const found = () =>
    getVisibleRuns(request)
      .filter(run => isWaitVisible(run, now) && (runId === null || run.id === runId))
      .filter(run => status === null || status === (isWaiting(run, now) ? 'pending' : 'resolved'));
  return servePage(request, found, run => buildWaitEntity(run, now, hydrate));
};

const findRunByWaitId = ({world, now, params}: RouteRequest): RunTimeline | undefined =>
  world.runs().find(run => isWaitVisible(run, now) && deriveWaitId(run) === params[0]);

const serveWaitCondition = (request: RouteRequest): DemoReply => {
  const run = findRunByWaitId(request);
  if (!run) {
    return buildMissingEntityError('run wait condition', request.params[0] ?? '');
  }
  return buildJsonReply(buildWaitEntity(run, request.now, isHydrated(request, true)));
};

const resolveWaitCondition = (request: RouteRequest): DemoReply => {
  const {world, now, body} = request;
  const run = findRunByWaitId(request);
  if (!run) {
    return buildMissingEntityError('run wait condition', request.params[0] ?? '');
  }
  if (!isWaiting(run, now)) {
    return buildZenmlError(403, 'IllegalOperationError', 'Wait condition has already been resolved.');
  }
  const {resolution, result = null}: {resolution?: unknown; result?: unknown} = JSON.parse(body || '{}');
  if (resolution === 'continue' && typeof result !== 'boolean') {
    return buildZenmlError(400, 'ValueError', `Value \`${String(result)}\` does not match expected schema.`);
  }
  world.intervene(run, {answer: {at: now, resolution: String(resolution), result}});
  const answered = world.runByKey(run.script.key) ?? run;
  return buildJsonReply(buildWaitEntity(answered, now, true));
};

const serveLog = ({world, now, params}: RouteRequest): DemoReply => {
  const found = findLogById(world, params[0] ?? '');
  if (!found || found.file.createdAt > now) {
    return buildMissingEntityError('log', params[0] ?? '');
  }
  const {file, run} = found;
  const body = buildLogBody(file, {userId: world.userId(run.script.user), run});
  const {step_run_id, pipeline_run_id, artifact_store_id, log_store_id, hook_invocation_id} = body;
  const metadata = {step_run_id, pipeline_run_id, artifact_store_id, log_store_id, hook_invocation_id};
  return buildJsonReply(
    buildEntity({id: file.id, body, metadata, resources: {user: buildUserReference(world, run.script.user)}}),
  );
};

const serveLogEntries = ({world, now, params, query}: RouteRequest): DemoReply => {
  const found = findLogById(world, params[0] ?? '');
  if (!found || found.file.createdAt > now) {
    return buildMissingEntityError('log', params[0] ?? '');
  }
  const isPlain = ['before', 'after', 'search', 'level', 'since', 'until'].every(name => !query.has(name));
  if (!isPlain || (query.get('start') ?? 'oldest') !== 'oldest') {
    const message = 'The artifact log store only reads a log file from its start and serves what fits in one response.';
    return buildZenmlError(400, 'ValueError', message);
  }
  const limit = Number(query.get('limit') ?? 50_000);
  return buildJsonTextReply(`{"items":${encodeLogEntries(found.file, now, limit)},"before":null,"after":null}`);
};

/** What hangs on runs and steps. */
export const entityRoutes: readonly Route[] = [
  {method: 'GET', path: '/pipelines', answer: servePipelines},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}', answer: serveArtifactVersion},
  {method: 'GET', path: '/artifact_versions/{artifact_version_id}/visualize', answer: serveVisualization},
  {method: 'GET', path: '/hook_invocations', answer: serveHookInvocations},
  {method: 'GET', path: '/run_wait_conditions', answer: serveWaitConditions},
  {method: 'GET', path: '/run_wait_conditions/{run_wait_condition_id}', answer: serveWaitCondition},
  {method: 'PUT', path: '/run_wait_conditions/{run_wait_condition_id}/resolve', answer: resolveWaitCondition},
  {method: 'GET', path: '/logs/{logs_id}', answer: serveLog},
  {method: 'GET', path: '/logs/{logs_id}/entries', answer: serveLogEntries},
];
