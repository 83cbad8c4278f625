import {uuidFor} from './ids.js';
import {logBody, logsOfRun} from './logs.js';
import {runName, snapshotIdOf} from './run-names.js';
import type {RunPhase} from './run-phases.js';
import {phaseAt, type RunTimeline} from './timeline.js';
import {entity, type Wire, wireTime, wireTimeOrNull, writtenAt} from './wire.js';
import {artifactReference} from './wire-artifact.js';
import {pipelineReference, stackReference, tagReference, userReference} from './wire-people.js';
import {runConfig} from './wire-run-config.js';
import {isWaiting, waitReference} from './wire-wait.js';

/** Whether the run is known to the server yet. */
export const runExists = (run: RunTimeline, now: number): boolean => (run.phases[0]?.at ?? 0) <= now;

export const runPhase = (run: RunTimeline, now: number): RunPhase => {
  const phase = phaseAt(run.phases, now) ?? run.phases[0];
  return phase ?? {at: run.createdAt, status: 'initializing', reason: null, inProgress: true, endTime: null};
};

const parentOf = (run: RunTimeline): RunTimeline | undefined =>
  run.script.parent === undefined ? undefined : run.world.runByKey(run.script.parent);

const rootOf = (run: RunTimeline): RunTimeline => {
  const parent = parentOf(run);
  return parent ? rootOf(parent) : run;
};

const runBody = (run: RunTimeline, now: number): Wire => {
  const {world, script} = run;
  const phase = runPhase(run, now);
  const parent = parentOf(run);
  return {
    created: wireTime(run.createdAt),
    updated: wireTime(phase.at),
    user_id: world.userId(script.user),
    project_id: world.project.id,
    status: phase.status,
    in_progress: phase.inProgress,
    status_reason: phase.reason,
    index: script.index,
    pipeline_id: world.pipelineId(script.pipeline),
    child_key: parent ? `pipeline:${script.pipeline}` : null,
    root_run_id: parent ? rootOf(parent).id : null,
  };
};

/** A run inside another entity: its body alone. */
export const runReference = (run: RunTimeline, now: number): Wire =>
  entity({id: run.id, name: runName(run), body: runBody(run, now)});

const environment = {
  environment: 'kubernetes',
  os: 'linux',
  linux_distro: 'debian',
  linux_distro_like: '',
  linux_distro_version: '12',
  python_version: '3.11.7',
  zenml_version: '0.98.0',
};

const exceptionInfo = (run: RunTimeline, phase: RunPhase): Wire | null => {
  const {exception} = run.script;
  if (!exception || phase.status !== 'failed') {
    return null;
  }
  const {traceback, source, message, userCodeLine} = exception;
  return {traceback, source, message, user_code_line: userCodeLine};
};

const runMetadata = (run: RunTimeline, now: number): Wire => {
  const phase = runPhase(run, now);
  const hasStarted = phase.status !== 'initializing';
  return {
    run_metadata: run.script.metadata ?? {},
    config: runConfig(run),
    start_time: wireTime(run.startAt),
    end_time: wireTimeOrNull(phase.endTime),
    client_environment: environment,
    // A dynamic run's environment stays empty, as does that of a run whose orchestrator has not begun.
    orchestrator_environment: hasStarted && !run.script.dynamic ? environment : {},
    orchestrator_run_id: hasStarted ? uuidFor(run.id, 'orchestrator run') : null,
    code_path: null,
    template_id: null,
    is_templatable: false,
    trigger_info: null,
    enable_heartbeat: true,
    exception_info: exceptionInfo(run, phase),
    trigger_execution_info: null,
  };
};

const snapshotReference = (run: RunTimeline): Wire =>
  entity({
    id: snapshotIdOf(run),
    name: null,
    body: {
      ...writtenAt(run.startAt - 34),
      user_id: run.world.userId(run.script.user),
      project_id: run.world.project.id,
      runnable: false,
      deployable: false,
      is_dynamic: run.script.dynamic ?? false,
      pipeline_id: run.world.pipelineId(run.script.pipeline),
    },
  });

/** What a dynamic pipeline's function returned: here always what its last step wrote. */
const runOutputs = (run: RunTimeline, now: number): Wire => {
  if (!run.script.dynamic || runPhase(run, now).status !== 'completed') {
    return {};
  }
  const artifact = run.rows().at(-1)?.outputs[0];
  return artifact ? {output: artifactReference(artifact)} : {};
};

const runResources = (run: RunTimeline, now: number): Wire => {
  const {world, script} = run;
  const userId = world.userId(script.user);
  const parent = parentOf(run);
  const original = script.original === undefined ? undefined : world.runByKey(script.original);
  const logs = logsOfRun(run).filter(() => now >= run.createdAt + 150);
  return {
    user: userReference(world, script.user),
    snapshot: snapshotReference(run),
    source_snapshot: null,
    stack: stackReference(world),
    pipeline: pipelineReference(world, script.pipeline, script.user),
    build: null,
    schedule: null,
    code_reference: null,
    model_version: null,
    tags: (script.tags ?? []).map(name => tagReference(world, name)),
    log_collection: logs.map(file => entity({id: file.id, body: logBody(file, {userId, run})})),
    visualizations: [],
    trigger: null,
    original_run: original ? runReference(original, now) : null,
    parent_run: parent ? runReference(parent, now) : null,
    active_wait_condition: isWaiting(run, now) ? waitReference(run, now) : null,
    outputs: runOutputs(run, now),
  };
};

export const runEntity = (run: RunTimeline, now: number, hydrate: boolean): Wire =>
  entity({
    id: run.id,
    name: runName(run),
    body: runBody(run, now),
    metadata: hydrate ? runMetadata(run, now) : null,
    resources: runResources(run, now),
  });
