import {deriveUuid} from '../derived-ids.js';
import {
  buildEntity,
  buildTimestamps,
  formatWireTime,
  formatWireTimeOrNull,
  type JsonObject,
  serverVersion,
} from '../entity.js';
import {buildLogBody, getRunLogs} from '../world/logs.js';
import type {RunState, RunTimeline} from '../world/model.js';
import {buildRunName, deriveSnapshotId} from '../world/run-names.js';
import {findStateAt} from '../world/timeline.js';
import {buildArtifactReference} from './artifact.js';
import {buildPipelineReference, buildStackReference, buildTagReference, buildUserReference} from './project.js';
import {buildRunConfig} from './run-config.js';
import {buildWaitReference, isWaiting} from './wait.js';

export const getRunState = (run: RunTimeline, now: number): RunState => {
  const state = findStateAt(run.states, now) ?? run.states[0];
  return state ?? {at: run.createdAt, status: 'initializing', reason: null, inProgress: true, endTime: null};
};

/** When the run was last written. */
export const getRunUpdatedAt = (run: RunTimeline, now: number): number =>
  Math.max(getRunState(run, now).at, run.intervention.tags?.at ?? 0);

const findParentRun = (run: RunTimeline): RunTimeline | undefined =>
  run.script.parent === undefined ? undefined : run.world.findRunByKey(run.script.parent);

/** Whether the server has the run by now. A run that was stopped starts no more child runs. */
export const isRunVisible = (run: RunTimeline, now: number): boolean => {
  const parentStoppedAt = findParentRun(run)?.intervention.stoppedAt ?? Number.POSITIVE_INFINITY;
  return (run.states[0]?.at ?? 0) <= now && run.startAt <= parentStoppedAt;
};

const getRootRun = (run: RunTimeline): RunTimeline => {
  const parent = findParentRun(run);
  return parent ? getRootRun(parent) : run;
};

const buildRunBody = (run: RunTimeline, now: number): JsonObject => {
  const {world, script} = run;
  const state = getRunState(run, now);
  const parent = findParentRun(run);
  return {
    created: formatWireTime(run.createdAt),
    updated: formatWireTime(getRunUpdatedAt(run, now)),
    user_id: world.getUserId(script.user),
    project_id: world.project.id,
    status: state.status,
    in_progress: state.inProgress,
    status_reason: state.reason,
    index: script.index,
    pipeline_id: world.getPipelineId(script.pipeline),
    child_key: parent ? `pipeline:${script.pipeline}` : null,
    root_run_id: parent ? getRootRun(parent).id : null,
  };
};

/** A run nested in another entity. */
export const buildRunReference = (run: RunTimeline, now: number): JsonObject =>
  buildEntity({id: run.id, name: buildRunName(run), body: buildRunBody(run, now)});

const runEnvironment = {
  environment: 'kubernetes',
  os: 'linux',
  linux_distro: 'debian',
  linux_distro_like: '',
  linux_distro_version: '12',
  python_version: '3.11.7',
  zenml_version: serverVersion,
};

const buildRunMetadata = (run: RunTimeline, now: number): JsonObject => {
  const state = getRunState(run, now);
  const hasStarted = state.status !== 'initializing';
  return {
    run_metadata: {},
    config: buildRunConfig(run),
    start_time: formatWireTime(run.startAt),
    end_time: formatWireTimeOrNull(state.endTime),
    client_environment: runEnvironment,
    // Empty for a dynamic run, and until the orchestrator has started.
    orchestrator_environment: hasStarted && !run.script.dynamic ? runEnvironment : {},
    orchestrator_run_id: hasStarted ? deriveUuid(run.id, 'orchestrator run') : null,
    code_path: null,
    template_id: null,
    is_templatable: false,
    trigger_info: null,
    enable_heartbeat: true,
    exception_info: null,
    trigger_execution_info: null,
  };
};

const buildSnapshotReference = (run: RunTimeline): JsonObject =>
  buildEntity({
    id: deriveSnapshotId(run),
    name: null,
    body: {
      ...buildTimestamps(run.startAt - 34),
      user_id: run.world.getUserId(run.script.user),
      project_id: run.world.project.id,
      runnable: false,
      deployable: false,
      is_dynamic: run.script.dynamic ?? false,
      pipeline_id: run.world.getPipelineId(run.script.pipeline),
    },
  });

/** The return value of a dynamic pipeline: in the scenarios always the output of its last step. */
const buildRunOutputs = (run: RunTimeline, now: number): JsonObject => {
  if (!run.script.dynamic || getRunState(run, now).status !== 'completed') {
    return {};
  }

  const artifact = run.getRows().at(-1)?.outputs[0];
  return artifact ? {output: buildArtifactReference(artifact)} : {};
};

/** The tags of the scenario, unless a user has changed them. */
export const getRunTags = ({script, intervention}: RunTimeline): readonly string[] =>
  intervention.tags?.names ?? script.tags ?? [];

/** How long after the creation of a run its logs are attached. */
const logDelayMs = 150;

const buildRunResources = (run: RunTimeline, now: number): JsonObject => {
  const {world, script} = run;
  const userId = world.getUserId(script.user);
  const parent = findParentRun(run);
  const original = script.original === undefined ? undefined : world.findRunByKey(script.original);
  const logs = now >= run.createdAt + logDelayMs ? getRunLogs(run) : [];
  return {
    user: buildUserReference(world, script.user),
    snapshot: buildSnapshotReference(run),
    source_snapshot: null,
    stack: buildStackReference(world),
    pipeline: buildPipelineReference(world, script.pipeline, script.user),
    build: null,
    schedule: null,
    code_reference: null,
    model_version: null,
    tags: getRunTags(run).map(name => buildTagReference(world, name)),
    log_collection: logs.map(file => buildEntity({id: file.id, body: buildLogBody(file, {userId, run})})),
    visualizations: [],
    trigger: null,
    original_run: original ? buildRunReference(original, now) : null,
    parent_run: parent ? buildRunReference(parent, now) : null,
    active_wait_condition: isWaiting(run, now) ? buildWaitReference(run, now) : null,
    outputs: buildRunOutputs(run, now),
  };
};

export const buildRunEntity = (run: RunTimeline, now: number, hydrate: boolean): JsonObject =>
  buildEntity({
    id: run.id,
    name: buildRunName(run),
    body: buildRunBody(run, now),
    metadata: hydrate ? buildRunMetadata(run, now) : null,
    resources: buildRunResources(run, now),
  });
