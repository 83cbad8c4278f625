import {pipelineId, projectId, runId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run, RunConfig, WaitCondition} from '../../domain/run.js';
import {tagsOf} from './artifact.js';
import {type Entity, entityOf, namedOf, plainId, projectIdOf, related} from './entity.js';
import {exceptionOf} from './exception.js';
import {jsonRecord} from './json.js';
import {logSourcesOf} from './log-source.js';
import {statused} from './status.js';
import {retryOf} from './step-config.js';
import {instant} from './time.js';
import {count, isRecord, record, text, type Wire, word, yesOrNo} from './wire.js';

const runConfigOf = (value: unknown): RunConfig | undefined => {
  if (!isRecord(value)) {
    return undefined;
  }

  const whole = jsonRecord(value);
  return {
    isCacheEnabled: yesOrNo(whole['enable_cache']),
    retry: retryOf(whole['retry']),
    executionMode: word(whole['execution_mode']),
    parameters: jsonRecord(whole['parameters']),
    whole,
  };
};

/** Unhydrated inside a run: the question is known only to `/dag`. */
const waitConditionOf = (value: unknown): WaitCondition | undefined => {
  const named = namedOf(value, plainId);
  const question =
    text(record(record(value)['metadata'])['question']) ?? text(record(record(value)['body'])['question']);
  return named && {...named, question};
};

/** Up to 0.82 the metadata of the steps (all of them inside the run, too) is mixed in as `step::key`: left out. */
const runMetadataOf = ({metadata, hasMetadata}: Entity): JsonRecord | undefined => {
  if (!hasMetadata) {
    return undefined;
  }

  const all = jsonRecord(metadata['run_metadata']);
  const steps = metadata['steps'];
  const isOfStep = (key: string): boolean =>
    isRecord(steps) && key.includes('::') && Object.hasOwn(steps, key.slice(0, key.indexOf('::')));
  return isRecord(steps) ? Object.fromEntries(Object.entries(all).filter(([key]) => !isOfStep(key))) : all;
};

/** A run, hydrated or not; `undefined` for one without an id. */
export const runOf = (whole: Wire): Run | undefined => {
  const id = word(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const entity = entityOf(whole);
  const {body, resources, metadata} = entity;
  const project = projectIdOf(entity);
  const snapshot = record(resources['snapshot']);
  return {
    id: runId(id),
    name: word(whole['name']) ?? id,
    projectId: project === undefined ? undefined : projectId(project),
    ...statused(body['status']),
    statusReason: text(body['status_reason']),
    isInProgress: yesOrNo(body['in_progress']),
    index: count(body['index']),
    pipeline: namedOf(related(entity, 'pipeline'), pipelineId),
    stack: namedOf(related(entity, 'stack'), plainId),
    user: namedOf(related(entity, 'user'), plainId),
    createdAt: instant(body['created']),
    updatedAt: instant(body['updated']),
    startedAt: instant(metadata['start_time']),
    endedAt: instant(metadata['end_time']),
    isDynamic: yesOrNo(record(snapshot['body'])['is_dynamic']),
    parentRun: namedOf(resources['parent_run'], runId),
    childKey: word(body['child_key']),
    tags: tagsOf(entity),
    logSources: logSourcesOf(entity, 'client'),
    waitCondition: waitConditionOf(resources['active_wait_condition']),
    snapshotId: word(snapshot['id']) ?? word(body['deployment_id']),
    config: runConfigOf(metadata['config']),
    exception: exceptionOf(metadata['exception_info']),
    metadata: runMetadataOf(entity),
  };
};
