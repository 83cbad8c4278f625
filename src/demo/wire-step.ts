import {cacheKeyOf, type InputRow, inputsOf} from './cache-keys.js';
import {groupedBy} from './grouped-by.js';
import {logBody, logsOfRow} from './logs.js';
import {runSubstitutions, snapshotIdOf} from './run-names.js';
import {upstreamOf} from './schedule.js';
import type {MetadataScript} from './script.js';
import {hasEnded, phaseAt, type StepRow, updatedAt} from './timeline.js';
import {entity, type Wire, wireTime, wireTimeOrNull} from './wire.js';
import {artifactReference, inputReference} from './wire-artifact.js';
import {userReference} from './wire-people.js';
import {stepConfig, stepSpec} from './wire-step-config.js';

const beatMs = 30_000;

export const statusOf = (row: StepRow, now: number): string =>
  phaseAt(row.attempt.phases, now)?.status ?? 'initializing';

/** A step that runs elsewhere says every 30 s that it lives; the write does not move `updated`. */
const latestHeartbeat = (row: StepRow, now: number): number | null => {
  const {heartbeatThreshold, lastHeartbeatAfterMs = Number.POSITIVE_INFINITY} = row.step.script;
  if (heartbeatThreshold === undefined || row.original) {
    return null;
  }
  const {startAt, endAt} = row.attempt;
  const aliveMs = Math.min(now, endAt, startAt + lastHeartbeatAfterMs) - startAt;
  const beats = Math.floor((aliveMs - 3000) / beatMs);
  return beats < 0 ? null : startAt + 3000 + beats * beatMs;
};

/** A step that was not started yet by its orchestrator has no start time. */
export const startTime = (row: StepRow, now: number): number | null =>
  statusOf(row, now) === 'queued' ? null : row.attempt.startAt;

const endTime = (row: StepRow, now: number): number | null => (hasEnded(row, now) ? row.attempt.endAt : null);

const stepBody = (row: StepRow, now: number): Wire => {
  const {run, attempt} = row;
  const step = row.step.script;
  return {
    created: wireTime(attempt.createdAt),
    updated: wireTime(updatedAt(row, now)),
    user_id: run.world.userId(run.script.user),
    project_id: run.world.project.id,
    type: step.type ?? null,
    status: statusOf(row, now),
    version: attempt.version,
    is_retriable: (step.retry?.max_retries ?? 0) >= attempt.version,
    start_time: wireTimeOrNull(startTime(row, now)),
    end_time: wireTimeOrNull(endTime(row, now)),
    latest_heartbeat: wireTimeOrNull(latestHeartbeat(row, now)),
    model_version_id: null,
    resource_request_id: null,
    substitutions: runSubstitutions(run),
    heartbeat_threshold: step.heartbeatThreshold ?? null,
  };
};

const loggedSoFar = (row: StepRow, now: number): readonly MetadataScript[] => {
  const {script, worksFrom, endAt} = row.attempt;
  const isLogged = ({atMs}: MetadataScript): boolean => Math.min(worksFrom + atMs * row.run.world.scale, endAt) <= now;
  return (script.metadata ?? []).filter(isLogged);
};

/** Values logged so far; a cached step shows those of its original. */
export const metadataOf = (row: StepRow, now: number): Wire => {
  if (row.original) {
    return metadataOf(row.original, Number.POSITIVE_INFINITY);
  }
  return Object.assign({}, ...loggedSoFar(row, now).map(({values}) => values));
};

const cacheExpiry = (row: StepRow): number | null => {
  const {expiresAfter, servedFrom} = row.step.script;
  if (servedFrom?.as === 'skipped') {
    return row.attempt.startAt;
  }
  return expiresAfter === undefined ? null : row.attempt.startAt + expiresAfter * 1000;
};

const exceptionInfo = (row: StepRow, now: number): Wire | null => {
  const {exception} = row.attempt.script;
  if (!exception || !hasEnded(row, now)) {
    return null;
  }
  const {traceback, source, message, userCodeLine} = exception;
  return {traceback, source, message, user_code_line: userCodeLine};
};

const stepMetadata = (row: StepRow, now: number): Wire => {
  const {run} = row;
  const step = row.step.script;
  const upstream = upstreamOf(step).flatMap(name => run.rowsOf(name).at(-1)?.id ?? []);
  return {
    config: stepConfig(row),
    spec: stepSpec(step),
    cache_key: cacheKeyOf(row),
    cache_expires_at: wireTimeOrNull(cacheExpiry(row)),
    code_hash: null,
    docstring: step.docstring ?? null,
    source_code: step.code,
    exception_info: exceptionInfo(row, now),
    snapshot_id: snapshotIdOf(run),
    pipeline_run_id: run.id,
    original_step_run_id: row.original?.id ?? null,
    parent_step_ids: upstream,
    run_metadata: metadataOf(row, now),
  };
};

const inputReferences = (row: StepRow): Wire => {
  const grouped = groupedBy(inputsOf(row), ({input}) => input.name);
  return Object.fromEntries([...grouped].map(([name, inputs]) => [name, inputs.map(placedInput)]));
};

const placedInput = ({input, artifact}: InputRow, index: number): Wire => {
  const chunk = 'from' in input ? input : undefined;
  return inputReference(artifact, {index, chunkIndex: chunk?.chunkIndex ?? null, chunkSize: chunk?.chunkSize ?? null});
};

/** Logs are attached a moment after the row is written, which does not move `updated` either. */
export const attachedLogs = (row: StepRow, now: number): number =>
  logsOfRow(row).filter(file => file.createdAt <= now).length;

const stepResources = (row: StepRow, now: number): Wire => {
  const {run} = row;
  const userId = run.world.userId(run.script.user);
  const hasOutputs = row.original !== undefined || hasEnded(row, now);
  const logs = logsOfRow(row).slice(0, attachedLogs(row, now));
  return {
    user: userReference(run.world, run.script.user),
    log_collection: logs.map(file => entity({id: file.id, body: logBody(file, {userId, run})})),
    model_version: null,
    inputs: inputReferences(row),
    outputs: Object.fromEntries(
      (hasOutputs ? row.outputs : []).map(artifact => [artifact.outputName, [artifactReference(artifact)]]),
    ),
    resource_request: null,
  };
};

export const stepEntity = (row: StepRow, now: number, hydrate: boolean): Wire =>
  entity({
    id: row.id,
    name: row.step.script.name,
    body: stepBody(row, now),
    metadata: hydrate ? stepMetadata(row, now) : null,
    resources: stepResources(row, now),
  });

type Remembered = {readonly revision: string; readonly texts: Map<boolean, string>};

const rememberedByRow = new WeakMap<StepRow, Remembered>();

/** Everything about a row that time changes, as one word. */
const revisionOf = (row: StepRow, now: number): string => {
  const passed = row.attempt.phases.filter(phase => phase.at <= now).length;
  const logged = row.original ? 0 : loggedSoFar(row, now).length;
  return `${passed} ${attachedLogs(row, now)} ${logged} ${latestHeartbeat(row, now)}`;
};

/** The row as JSON, kept until something about it changes: a poll of thousands of rows costs no more than joining them. */
export const stepJson = (row: StepRow, now: number, hydrate: boolean): string => {
  const revision = revisionOf(row, now);
  let remembered = rememberedByRow.get(row);
  if (remembered?.revision !== revision) {
    remembered = {revision, texts: new Map()};
    rememberedByRow.set(row, remembered);
  }
  const known = remembered.texts.get(hydrate);
  if (known) {
    return known;
  }
  const text = JSON.stringify(stepEntity(row, now, hydrate));
  remembered.texts.set(hydrate, text);
  return text;
};
