import {toRunId} from '../../domain/ids.js';
import type {CodeReference, RunContext} from '../../domain/run-context.js';
import {decodeNamed, type Entity, getRelatedEntity, keepId} from './entity.js';
import {decodeJsonRecord} from './json.js';
import {decodeCount, decodeRecord, decodeWord, type Wire} from './wire.js';

/** `undefined` for a response that was not hydrated. */
export const decodeRunContext = (entity: Entity): RunContext | undefined => {
  const {hasMetadata, metadata, resources} = entity;
  if (!hasMetadata) {
    return undefined;
  }

  const modelVersion = decodeRecord(getRelatedEntity(entity, 'model_version'));
  return {
    orchestratorRunId: decodeWord(metadata['orchestrator_run_id']),
    code: decodeCodeReference(getRelatedEntity(entity, 'code_reference') ?? metadata['code_reference']),
    codePath: decodeWord(metadata['code_path']),
    modelVersion: decodeModelVersion(modelVersion),
    modelStage: decodeWord(decodeRecord(modelVersion['body'])['stage']),
    schedule: decodeNamed(getRelatedEntity(entity, 'schedule'), keepId),
    trigger: decodeNamed(getRelatedEntity(entity, 'trigger'), keepId),
    originalRun: decodeNamed(resources['original_run'], toRunId),
    clientEnvironment: decodeJsonRecord(metadata['client_environment']),
    orchestratorEnvironment: decodeJsonRecord(metadata['orchestrator_environment']),
  };
};

const decodeCodeReference = (value: unknown): CodeReference | undefined => {
  const body = decodeRecord(decodeRecord(value)['body']);
  const commit = decodeWord(body['commit']);
  return commit === undefined
    ? undefined
    : {
        commit,
        repository: decodeWord(decodeRecord(body['code_repository'])['name']),
        subdirectory: decodeWord(body['subdirectory']),
      };
};

const decodeModelVersion = (version: Wire): string | undefined => {
  const body = decodeRecord(version['body']);
  const model = decodeWord(decodeRecord(body['model'])['name']);
  const name = decodeWord(version['name']) ?? decodeCount(body['number'])?.toString();
  return model === undefined || name === undefined ? (model ?? name) : `${model}:${name}`;
};
