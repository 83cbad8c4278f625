import {deriveUuid} from '../derived-ids.js';
import {buildEntity, formatWireTime, formatWireTimeOrNull, type JsonObject} from '../entity.js';
import type {RunTimeline} from '../world/model.js';
import {getAskedAt} from '../world/run-states.js';

/** Wait conditions: a dynamic run asks a question and continues when a user has answered it. */

/** While the condition is pending, the process of the run polls it at this interval. */
const pollIntervalMs = 5000;

const getWaitCreatedAt = ({script, startAt, world, intervention}: RunTimeline): number =>
  getAskedAt(script, {startAt, scale: world.scale, stoppedAt: intervention.stoppedAt ?? Number.POSITIVE_INFINITY});

export const deriveWaitId = (run: RunTimeline): string => deriveUuid(run.id, 'wait condition');

export const isWaitVisible = (run: RunTimeline, now: number): boolean => getWaitCreatedAt(run) <= now;

export const isWaiting = (run: RunTimeline, now: number): boolean =>
  isWaitVisible(run, now) && run.intervention.answer === undefined;

/** Each poll by the run's process changes `updated` and extends the lease of that process. */
const buildWaitBody = (run: RunTimeline, now: number): JsonObject => {
  const {answer} = run.intervention;
  const createdAt = getWaitCreatedAt(run);
  const polledAt = createdAt + Math.floor(((answer?.at ?? now) - createdAt) / pollIntervalMs) * pollIntervalMs;
  return {
    created: formatWireTime(createdAt),
    updated: formatWireTime(answer?.at ?? polledAt),
    user_id: run.world.getUserId(run.script.user),
    project_id: run.world.project.id,
    type: 'external_input',
    status: answer ? 'resolved' : 'pending',
    last_polled_at: formatWireTime(polledAt),
    poller_instance_id: deriveUuid(run.id, 'poller'),
    poller_lease_expires_at: formatWireTime(polledAt + 3 * pollIntervalMs),
    resolved_at: formatWireTimeOrNull(answer?.at ?? null),
    resolved_by_user_id: answer ? run.world.getUserId(answer.user) : null,
  };
};

export const buildWaitReference = (run: RunTimeline, now: number): JsonObject =>
  buildEntity({id: deriveWaitId(run), name: run.script.wait?.name ?? '', body: buildWaitBody(run, now)});

/** The node in the DAG. */
export const buildWaitNode = (run: RunTimeline): JsonObject => {
  const {answer} = run.intervention;
  const name = run.script.wait?.name ?? '';
  return {
    node_id: `wait_condition/${name}`,
    type: 'wait_condition',
    id: deriveWaitId(run),
    name,
    metadata: {
      status: answer ? 'resolved' : 'pending',
      type: 'external_input',
      created_at: formatWireTime(getWaitCreatedAt(run)),
      question: run.script.wait?.question ?? '',
      ...(answer ? {resolution: answer.resolution, resolved_at: formatWireTime(answer.at)} : {}),
    },
  };
};
