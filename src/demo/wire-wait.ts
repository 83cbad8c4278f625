import {uuidFor} from './ids.js';
import type {RunTimeline} from './timeline.js';
import {entity, type Wire, wireTime, wireTimeOrNull} from './wire.js';

/** Wait conditions: a dynamic run asks a question and goes on when someone has answered it. */

const pollMs = 5000;

const createdAt = (run: RunTimeline): number =>
  run.script.wait ? run.startAt + run.script.wait.atMs * run.world.scale : Number.POSITIVE_INFINITY;

export const waitIdOf = (run: RunTimeline): string => uuidFor(run.id, 'wait condition');

export const waitExists = (run: RunTimeline, now: number): boolean => createdAt(run) <= now;

export const isWaiting = (run: RunTimeline, now: number): boolean =>
  waitExists(run, now) && run.intervention.answer === undefined;

/** While it is pending the run's process looks at it again and again, which moves `updated` and its lease. */
const waitBody = (run: RunTimeline, now: number): Wire => {
  const {answer} = run.intervention;
  const asked = createdAt(run);
  const polledAt = asked + Math.floor(((answer?.at ?? now) - asked) / pollMs) * pollMs;
  return {
    created: wireTime(asked),
    updated: wireTime(answer?.at ?? polledAt),
    user_id: run.world.userId(run.script.user),
    project_id: run.world.project.id,
    type: 'external_input',
    status: answer ? 'resolved' : 'pending',
    last_polled_at: wireTime(polledAt),
    poller_instance_id: uuidFor(run.id, 'poller'),
    poller_lease_expires_at: wireTime(polledAt + 3 * pollMs),
    resolved_at: wireTimeOrNull(answer?.at ?? null),
    resolved_by_user_id: answer ? run.world.userId(run.script.user) : null,
  };
};

export const waitReference = (run: RunTimeline, now: number): Wire =>
  entity({id: waitIdOf(run), name: run.script.wait?.name ?? '', body: waitBody(run, now)});

/** Its node in the DAG. */
export const waitNode = (run: RunTimeline): Wire => {
  const {answer} = run.intervention;
  const name = run.script.wait?.name ?? '';
  return {
    node_id: `wait_condition/${name}`,
    type: 'wait_condition',
    id: waitIdOf(run),
    name,
    metadata: {
      status: answer ? 'resolved' : 'pending',
      type: 'external_input',
      created_at: wireTime(createdAt(run)),
      question: run.script.wait?.question ?? '',
      ...(answer ? {resolution: answer.resolution, resolved_at: wireTime(answer.at)} : {}),
    },
  };
};
