import type {JsonObject} from '../entity.js';
import {buildJsonReply, buildMissingEntityError, buildZenmlError, type DemoReply} from '../replies.js';
import {buildUserReference} from '../wire/project.js';
import {buildRunReference} from '../wire/run.js';
import {buildWaitReference, deriveWaitId, isWaiting, isWaitVisible} from '../wire/wait.js';
import type {RunTimeline} from '../world/model.js';
import type {Route, RouteRequest} from './route.js';

/** A wait condition as an entity of its own, with its question and its run. */
const buildWaitEntity = (run: RunTimeline, now: number): JsonObject => {
  const {answer} = run.intervention;
  return {
    ...buildWaitReference(run, now),
    metadata: {
      question: run.script.wait?.question ?? null,
      run_metadata: {},
      data_schema: run.script.wait?.schema ?? null,
      resolution: answer?.resolution ?? null,
      result: answer?.result ?? null,
    },
    resources: {user: buildUserReference(run.world, run.script.user), run: buildRunReference(run, now)},
  };
};

/** Answers the question of a run. The `approval` scenario waits for this request. */
const resolveWaitCondition = ({world, now, params, body}: RouteRequest): DemoReply => {
  const id = params[0] ?? '';
  const run = world.getRuns().find(each => isWaitVisible(each, now) && deriveWaitId(each) === id);
  if (!run) {
    return buildMissingEntityError('run wait condition', id);
  }
  if (!isWaiting(run, now)) {
    return buildZenmlError(403, 'IllegalOperationError', 'Wait condition has already been resolved.');
  }
  const {resolution, result = null}: {resolution?: unknown; result?: unknown} = JSON.parse(body || '{}');
  if (resolution === 'continue' && typeof result !== 'boolean') {
    return buildZenmlError(400, 'ValueError', `Value \`${String(result)}\` does not match expected schema.`);
  }
  world.intervene(run, {answer: {at: now, resolution: String(resolution), result}});
  return buildJsonReply(buildWaitEntity(world.findRunById(run.id) ?? run, now));
};

export const waitRoutes: readonly Route[] = [
  {method: 'PUT', path: '/run_wait_conditions/{run_wait_condition_id}/resolve', handle: resolveWaitCondition},
];
