import {toPipelineId, toProjectId, toRunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run, RunConfig, WaitCondition} from '../../domain/run.js';
import {decodeOutputs, decodeTags} from './artifact.js';
import {decodeEntity, decodeNamed, decodeProjectId, type Entity, getRelatedEntity, keepId} from './entity.js';
import {decodeException} from './exception.js';
import {decodeJsonRecord, decodeRedactedText} from './json.js';
import {decodeLogSources} from './log-source.js';
import {decodeRunContext} from './run-context.js';
import {decodeStatus} from './status.js';
import {decodeRetryConfig} from './step-config.js';
import {decodeInstant} from './time.js';
import {decodeBoolean, decodeCount, decodeRecord, decodeText, decodeWord, isRecord, type Wire} from './wire.js';

const decodeRunConfig = (value: unknown): RunConfig | undefined => {
  if (!isRecord(value)) {
    return undefined;
  }

  const whole = decodeJsonRecord(value);
  return {
    isCacheEnabled: decodeBoolean(whole['enable_cache']),
    retry: decodeRetryConfig(whole['retry']),
    parameters: decodeJsonRecord(whole['parameters']),
    whole,
  };
};

/** Inside a run, the wait condition is not hydrated, so its question usually comes from `/dag`. */
const decodeWaitCondition = (value: unknown): WaitCondition | undefined => {
  const named = decodeNamed(value, keepId);
  const question =
    decodeText(decodeRecord(decodeRecord(value)['metadata'])['question']) ??
    decodeText(decodeRecord(decodeRecord(value)['body'])['question']);
  return named && {...named, question};
};

/** Up to 0.82, the metadata of the steps is mixed in, with keys `step::key`; it is left out here. */
const decodeRunMetadata = ({metadata, hasMetadata}: Entity): JsonRecord | undefined => {
  if (!hasMetadata) {
    return undefined;
  }

  const all = decodeJsonRecord(metadata['run_metadata']);
  const steps = metadata['steps'];
  const isOfStep = (key: string): boolean =>
    isRecord(steps) && key.includes('::') && Object.hasOwn(steps, key.slice(0, key.indexOf('::')));
  return isRecord(steps) ? Object.fromEntries(Object.entries(all).filter(([key]) => !isOfStep(key))) : all;
};

/** A run, hydrated or not; `undefined` for one without an ID. */
export const decodeRun = (whole: Wire): Run | undefined => {
  const id = decodeWord(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const entity = decodeEntity(whole);
  const {body, resources, metadata} = entity;
  const project = decodeProjectId(entity);
  const snapshot = decodeRecord(resources['snapshot']);
  return {
    id: toRunId(id),
    name: decodeWord(whole['name']) ?? id,
    projectId: project === undefined ? undefined : toProjectId(project),
    ...decodeStatus(body['status']),
    statusReason: decodeRedactedText(body['status_reason']),
    isInProgress: decodeBoolean(body['in_progress']),
    index: decodeCount(body['index']),
    pipeline: decodeNamed(getRelatedEntity(entity, 'pipeline'), toPipelineId),
    stack: decodeNamed(getRelatedEntity(entity, 'stack'), keepId),
    user: decodeNamed(getRelatedEntity(entity, 'user'), keepId),
    createdAt: decodeInstant(body['created']),
    updatedAt: decodeInstant(body['updated']),
    startedAt: decodeInstant(metadata['start_time']),
    endedAt: decodeInstant(metadata['end_time']),
    isDynamic: decodeBoolean(decodeRecord(snapshot['body'])['is_dynamic']),
    parentRun: decodeNamed(resources['parent_run'], toRunId),
    tags: decodeTags(entity),
    logSources: decodeLogSources(entity, 'client'),
    outputIds: decodeOutputs(entity)?.map(({artifact}) => artifact.id),
    waitCondition: decodeWaitCondition(resources['active_wait_condition']),
    snapshotId: decodeWord(snapshot['id']) ?? decodeWord(body['deployment_id']),
    config: decodeRunConfig(metadata['config']),
    exception: decodeException(metadata['exception_info']),
    metadata: decodeRunMetadata(entity),
    context: decodeRunContext(entity),
  };
};
