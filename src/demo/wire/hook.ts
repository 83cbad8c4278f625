import {deriveUuid} from '../derived-ids.js';
import {buildEntity, formatWireTime, type JsonObject, roundToMicroseconds} from '../entity.js';
import type {HookScript} from '../script.js';
import {buildLogBody, createLogFile, type LogFile} from '../world/logs.js';
import type {RunTimeline, StepRow} from '../world/timeline.js';
import {buildUserReference} from './project.js';

export type HookRow = {
  readonly id: string;
  readonly row: StepRow;
  readonly hook: HookScript;
  readonly startAt: number;
  readonly endAt: number;
};

/** Hooks called by attempts of this run, oldest first. A row appears when its hook is done. */
export const getHookRows = (run: RunTimeline): HookRow[] =>
  run
    .rows()
    .flatMap(row => (row.original ? [] : (row.step.script.hooks ?? []).flatMap(hook => buildHookRows(row, hook))))
    .sort((a, b) => a.endAt - b.endAt);

const isHookDue = ({type}: HookScript, outcome: string): boolean =>
  (type !== 'step_failure' || outcome === 'failed') && (type !== 'step_success' || outcome === 'completed');

const buildHookRows = (row: StepRow, hook: HookScript): HookRow[] => {
  const {startAt, endAt, script} = row.attempt;
  const from = hook.type === 'step_start' ? startAt + 6 : endAt - 2;
  if (!Number.isFinite(from) || !isHookDue(hook, script.outcome ?? 'completed')) {
    return [];
  }
  const ends = roundToMicroseconds(from + hook.durationMs * row.run.world.scale);
  return [{id: deriveUuid(row.id, 'hook', hook.type), row, hook, startAt: roundToMicroseconds(from), endAt: ends}];
};

const createHookLog = ({id, row, hook, startAt}: HookRow): LogFile =>
  createLogFile({
    id: deriveUuid(id, 'log'),
    source: `hook:${hook.type}`,
    createdAt: roundToMicroseconds(startAt + 58),
    stepRunId: row.id,
    runId: null,
    hookInvocationId: id,
    lines: () => [{atMs: startAt + 60, message: `Running hook \`${hook.source}\`.`}],
  });

/** An item of `GET /hook_invocations`: its name is null, and it says nothing of itself but its type. */
export const buildHookEntity = (invocation: HookRow, hydrate: boolean): JsonObject => {
  const {id, row, hook, startAt, endAt} = invocation;
  const {run} = row;
  const userId = run.world.userId(run.script.user);
  const file = createHookLog(invocation);
  return buildEntity({
    id,
    name: null,
    body: {
      created: formatWireTime(endAt + 27),
      updated: formatWireTime(endAt + 27.04),
      user_id: userId,
      project_id: run.world.project.id,
      hook_type: hook.type,
      status: 'completed',
      start_time: formatWireTime(startAt),
      end_time: formatWireTime(endAt),
      pipeline_run_id: run.id,
      step_run_id: row.id,
    },
    metadata: hydrate ? {source: hook.source, exception_info: null} : null,
    resources: {
      user: buildUserReference(run.world, run.script.user),
      outputs: {},
      log_collection: [buildEntity({id: file.id, body: buildLogBody(file, {userId, run})})],
    },
  });
};
