import {uuidFor} from './ids.js';
import {type LogFile, logBody, logFile} from './logs.js';
import type {HookScript} from './script.js';
import type {RunTimeline, StepRow} from './timeline.js';
import {entity, toMicroseconds, type Wire, wireTime} from './wire.js';
import {userReference} from './wire-people.js';

export type HookRow = {
  readonly id: string;
  readonly row: StepRow;
  readonly hook: HookScript;
  readonly startAt: number;
  readonly endAt: number;
};

/** Hooks called by attempts of this run, oldest first. A row appears when its hook is done. */
export const hooksOf = (run: RunTimeline): HookRow[] =>
  run
    .rows()
    .flatMap(row => (row.original ? [] : (row.step.script.hooks ?? []).flatMap(hook => hookRow(row, hook))))
    .sort((a, b) => a.endAt - b.endAt);

const isDue = ({type}: HookScript, outcome: string): boolean =>
  (type !== 'step_failure' || outcome === 'failed') && (type !== 'step_success' || outcome === 'completed');

const hookRow = (row: StepRow, hook: HookScript): HookRow[] => {
  const {startAt, endAt, script} = row.attempt;
  const from = hook.type === 'step_start' ? startAt + 6 : endAt - 2;
  if (!Number.isFinite(from) || !isDue(hook, script.outcome ?? 'completed')) {
    return [];
  }
  const ends = toMicroseconds(from + hook.durationMs * row.run.world.scale);
  return [{id: uuidFor(row.id, 'hook', hook.type), row, hook, startAt: toMicroseconds(from), endAt: ends}];
};

const hookLog = ({id, row, hook, startAt}: HookRow): LogFile =>
  logFile({
    id: uuidFor(id, 'log'),
    source: `hook:${hook.type}`,
    createdAt: toMicroseconds(startAt + 58),
    stepRunId: row.id,
    runId: null,
    hookInvocationId: id,
    lines: () => [{atMs: startAt + 60, message: `Running hook \`${hook.source}\`.`}],
  });

/** An item of `GET /hook_invocations`: its name is null, and it says nothing of itself but its type. */
export const hookEntity = (invocation: HookRow, hydrate: boolean): Wire => {
  const {id, row, hook, startAt, endAt} = invocation;
  const {run} = row;
  const userId = run.world.userId(run.script.user);
  const file = hookLog(invocation);
  return entity({
    id,
    name: null,
    body: {
      created: wireTime(endAt + 27),
      updated: wireTime(endAt + 27.04),
      user_id: userId,
      project_id: run.world.project.id,
      hook_type: hook.type,
      status: 'completed',
      start_time: wireTime(startAt),
      end_time: wireTime(endAt),
      pipeline_run_id: run.id,
      step_run_id: row.id,
    },
    metadata: hydrate ? {source: hook.source, exception_info: null} : null,
    resources: {
      user: userReference(run.world, run.script.user),
      outputs: {},
      log_collection: [entity({id: file.id, body: logBody(file, {userId, run})})],
    },
  });
};
