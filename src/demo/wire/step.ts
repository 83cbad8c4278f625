import {buildEntity, formatWireTime, formatWireTimeOrNull, type JsonObject} from '../entity.js';
import {groupBy} from '../group-by.js';
import type {MetadataScript} from '../script.js';
import {buildLogBody, getRowLogs} from '../world/logs.js';
import type {StepRow} from '../world/model.js';
import {deriveSnapshotId, getRunSubstitutions} from '../world/run-names.js';
import {getUpstreamNames} from '../world/schedule.js';
import {findStateAt, getUpdatedAt, hasRowEnded} from '../world/timeline.js';
import {buildArtifactReference, buildInputReference} from './artifact.js';
import {getCacheKey, getResolvedInputs, type ResolvedInput} from './cache-key.js';
import {buildExceptionInfo} from './exception.js';
import {buildUserReference} from './project.js';
import {buildStepConfig, buildStepSpec} from './step-config.js';

const firstHeartbeatMs = 3000;
const heartbeatIntervalMs = 30_000;

export const getRowStatus = (row: StepRow, now: number): string =>
  findStateAt(row.attempt.states, now)?.status ?? 'initializing';

/**
 * Steps with a threshold send a heartbeat every 30 s, the first one 3 s after their start. A heartbeat does not change `updated`.
 */
const getLatestHeartbeat = (row: StepRow, now: number): number | null => {
  const {heartbeatThreshold, lastHeartbeatAfterMs = Number.POSITIVE_INFINITY} = row.step.script;
  if (heartbeatThreshold === undefined || row.original) {
    return null;
  }

  const {startAt, endAt} = row.attempt;
  const aliveMs = Math.min(now, endAt, startAt + lastHeartbeatAfterMs) - startAt;
  const beats = Math.floor((aliveMs - firstHeartbeatMs) / heartbeatIntervalMs);
  return beats < 0 ? null : startAt + firstHeartbeatMs + beats * heartbeatIntervalMs;
};

/** A queued step has no start time yet. */
export const getStartTime = (row: StepRow, now: number): number | null =>
  getRowStatus(row, now) === 'queued' ? null : row.attempt.startAt;

const getEndTime = (row: StepRow, now: number): number | null => (hasRowEnded(row, now) ? row.attempt.endAt : null);

const buildStepBody = (row: StepRow, now: number): JsonObject => {
  const {run, attempt} = row;
  const step = row.step.script;
  return {
    created: formatWireTime(attempt.createdAt),
    updated: formatWireTime(getUpdatedAt(row, now)),
    user_id: run.world.getUserId(run.script.user),
    project_id: run.world.project.id,
    type: null,
    status: getRowStatus(row, now),
    version: attempt.version,
    is_retriable: (step.retry?.max_retries ?? 0) >= attempt.version,
    start_time: formatWireTimeOrNull(getStartTime(row, now)),
    end_time: formatWireTimeOrNull(getEndTime(row, now)),
    latest_heartbeat: formatWireTimeOrNull(getLatestHeartbeat(row, now)),
    model_version_id: null,
    resource_request_id: null,
    substitutions: getRunSubstitutions(run),
    heartbeat_threshold: step.heartbeatThreshold ?? null,
  };
};

const getLoggedMetadata = (row: StepRow, now: number): readonly MetadataScript[] => {
  const {script, workStartAt, endAt} = row.attempt;
  const isLogged = ({atMs}: MetadataScript): boolean =>
    Math.min(workStartAt + atMs * row.run.world.scale, endAt) <= now;
  return (script.metadata ?? []).filter(isLogged);
};

/** The metadata logged so far. A cached step shows that of its original. */
export const getLoggedValues = (row: StepRow, now: number): JsonObject => {
  if (row.original) {
    return getLoggedValues(row.original, Number.POSITIVE_INFINITY);
  }

  return Object.assign({}, ...getLoggedMetadata(row, now).map(({values}) => values));
};

/** When the outputs stop being reusable, or `null` if they never do. Those of a skipped step are not reusable at all. */
const getCacheExpiry = (row: StepRow): number | null => {
  const expiry = row.run.intervention.expiries?.[row.id];
  if (expiry !== undefined) {
    return expiry.expiresAt;
  }

  return row.step.script.reusedFrom?.as === 'skipped' ? row.attempt.startAt : null;
};

export const isCacheExpired = (row: StepRow, now: number): boolean =>
  (getCacheExpiry(row) ?? Number.POSITIVE_INFINITY) <= now;

const buildStepMetadata = (row: StepRow, now: number): JsonObject => {
  const {run} = row;
  const step = row.step.script;
  const upstream = getUpstreamNames(step).flatMap(name => run.getStepRows(name).at(-1)?.id ?? []);
  return {
    config: buildStepConfig(row),
    spec: buildStepSpec(step),
    cache_key: getCacheKey(row),
    cache_expires_at: formatWireTimeOrNull(getCacheExpiry(row)),
    code_hash: null,
    docstring: step.docstring ?? null,
    source_code: step.code,
    exception_info: hasRowEnded(row, now) ? buildExceptionInfo(row.attempt.script.exception) : null,
    snapshot_id: deriveSnapshotId(run),
    pipeline_run_id: run.id,
    original_step_run_id: row.original?.id ?? null,
    parent_step_ids: upstream,
    run_metadata: getLoggedValues(row, now),
  };
};

const buildInputsByName = (row: StepRow): JsonObject => {
  const inputsByName = groupBy(getResolvedInputs(row), ({input}) => input.name);
  return Object.fromEntries([...inputsByName].map(([name, inputs]) => [name, inputs.map(buildPlacedInput)]));
};

const buildPlacedInput = ({input, artifact}: ResolvedInput, index: number): JsonObject => {
  const chunk = 'from' in input ? input : undefined;
  return buildInputReference(artifact, {
    index,
    chunkIndex: chunk?.chunkIndex ?? null,
    chunkSize: chunk?.chunkSize ?? null,
  });
};

/** Logs are attached a moment after the row is written, which does not change `updated`. */
const countAttachedLogs = (row: StepRow, now: number): number =>
  getRowLogs(row).filter(file => file.createdAt <= now).length;

const buildStepResources = (row: StepRow, now: number): JsonObject => {
  const {run} = row;
  const userId = run.world.getUserId(run.script.user);
  const hasOutputs = row.original !== undefined || hasRowEnded(row, now);
  const logs = getRowLogs(row).slice(0, countAttachedLogs(row, now));
  return {
    user: buildUserReference(run.world, run.script.user),
    log_collection: logs.map(file => buildEntity({id: file.id, body: buildLogBody(file, {userId, run})})),
    model_version: null,
    inputs: buildInputsByName(row),
    outputs: Object.fromEntries(
      (hasOutputs ? row.outputs : []).map(artifact => [artifact.name, [buildArtifactReference(artifact)]]),
    ),
    resource_request: null,
  };
};

const buildStepEntity = (row: StepRow, now: number, hydrate: boolean): JsonObject =>
  buildEntity({
    id: row.id,
    name: row.step.script.name,
    body: buildStepBody(row, now),
    metadata: hydrate ? buildStepMetadata(row, now) : null,
    resources: buildStepResources(row, now),
  });

type CachedStepJson = {readonly revision: string; readonly textByHydration: Map<boolean, string>};

const cachedJsonByRow = new WeakMap<StepRow, CachedStepJson>();

/** A text that changes with everything in the row that changes over time. */
const getRowRevision = (row: StepRow, now: number): string => {
  const stateCount = row.attempt.states.filter(state => state.at <= now).length;
  const metadataCount = row.original ? 0 : getLoggedMetadata(row, now).length;
  return `${stateCount} ${countAttachedLogs(row, now)} ${metadataCount} ${getLatestHeartbeat(row, now)}`;
};

/** The row as JSON, cached until it changes, so that polling thousands of rows costs little more than joining texts. */
export const encodeStep = (row: StepRow, now: number, hydrate: boolean): string => {
  const revision = getRowRevision(row, now);
  let cached = cachedJsonByRow.get(row);
  if (cached?.revision !== revision) {
    cached = {revision, textByHydration: new Map()};
    cachedJsonByRow.set(row, cached);
  }

  const known = cached.textByHydration.get(hydrate);
  if (known) {
    return known;
  }

  const text = JSON.stringify(buildStepEntity(row, now, hydrate));
  cached.textByHydration.set(hydrate, text);
  return text;
};
