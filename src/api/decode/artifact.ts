import type {ArtifactVersion, ArtifactVersionDetail, StepInput, StepOutput} from '../../domain/artifact.js';
import {toArtifactVersionId, toRunId, toStepId} from '../../domain/ids.js';
import {compareNaturally} from '../../domain/natural-order.js';
import {decodeEntity, decodeNamed, type Entity, getRelatedEntity, keepId} from './entity.js';
import {decodeJsonRecord} from './json.js';
import {decodeImportPath} from './source.js';
import {decodeInstant} from './time.js';
import {
  decodeCount,
  decodeEach,
  decodeList,
  decodeNumber,
  decodeOneOrMany,
  decodeRecord,
  decodeText,
  decodeWord,
  isRecord,
  type Wire,
} from './wire.js';

const decodeArtifactVersion = (whole: Wire): ArtifactVersion | undefined => {
  const {body} = decodeEntity(whole);
  const id = decodeWord(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const version = decodeWord(body['version']) ?? decodeNumber(body['version'])?.toString();
  return {
    id: toArtifactVersionId(id),
    artifactName: decodeWord(decodeRecord(body['artifact'])['name']) ?? decodeWord(whole['name']) ?? id,
    version: version ?? '',
    uri: decodeWord(body['uri']),
    type: decodeWord(body['type']),
    dataType: decodeImportPath(body['data_type']),
    materializer: decodeImportPath(body['materializer']),
    saveType: decodeWord(body['save_type']),
    artifactStoreId: decodeWord(body['artifact_store_id']),
    contentHash: decodeWord(body['content_hash']),
    itemCount: decodeCount(body['item_count']),
    createdAt: decodeInstant(body['created']),
  };
};

const decodeInput =
  (name: string) =>
  (whole: Wire): StepInput | undefined => {
    const artifact = decodeArtifactVersion(whole);
    return artifact === undefined
      ? undefined
      : {
          name,
          inputType: decodeWord(whole['input_type']),
          index: decodeCount(whole['index']),
          chunkIndex: decodeCount(whole['chunk_index']),
          chunkSize: decodeCount(whole['chunk_size']),
          artifact,
        };
  };

const compareByIndex = (a: StepInput, b: StepInput): number => (a.index ?? 0) - (b.index ?? 0);

/** Names keep their order, and inputs of the same name are sorted by index; `undefined` if the response lacks the field. */
export const decodeInputs = (entity: Entity): readonly StepInput[] | undefined => {
  const inputs = getRelatedEntity(entity, 'inputs');
  return isRecord(inputs)
    ? Object.entries(inputs).flatMap(([name, value]) =>
        decodeEach(decodeOneOrMany(value), decodeInput(name)).toSorted(compareByIndex),
      )
    : undefined;
};

/** Sorted by name, because the server returns them in no particular order; `undefined` if the response lacks the field. */
export const decodeOutputs = (entity: Entity): readonly StepOutput[] | undefined => {
  const outputs = getRelatedEntity(entity, 'outputs');
  return isRecord(outputs)
    ? Object.entries(outputs)
        .sort(([one], [other]) => compareNaturally(one, other))
        .flatMap(([name, value]) =>
          decodeEach(decodeOneOrMany(value), decodeArtifactVersion).map(artifact => ({name, artifact})),
        )
    : undefined;
};

/** Producers are in `resources` since 0.83; before that, the step was in `metadata` and the run in `body`. */
export const decodeArtifactVersionDetail = (whole: Wire): ArtifactVersionDetail | undefined => {
  const artifact = decodeArtifactVersion(whole);
  if (artifact === undefined) {
    return undefined;
  }

  const entity = decodeEntity(whole);
  const {body, resources, metadata} = entity;
  const decodeProducer = (key: string): string | undefined => decodeWord(resources[key] ?? metadata[key] ?? body[key]);
  const producerStep = decodeProducer('producer_step_run_id');
  const producerRun = decodeProducer('producer_pipeline_run_id');
  return {
    artifact,
    producerStepId: producerStep === undefined ? undefined : toStepId(producerStep),
    producerRunId: producerRun === undefined ? undefined : toRunId(producerRun),
    metadata: decodeJsonRecord(metadata['run_metadata']),
    visualizations: decodeEach(decodeList(metadata['visualizations']), each => {
      const visualization = decodeRecord(each['body']);
      const type = decodeWord(visualization['type']);
      return type === undefined ? undefined : {type, uri: decodeText(visualization['uri']) ?? ''};
    }),
    tags: decodeTags(entity),
    user: decodeNamed(getRelatedEntity(entity, 'user'), keepId),
  };
};

/** The names of the tags, which are entities of their own. */
export const decodeTags = (entity: Entity): readonly string[] =>
  decodeList(getRelatedEntity(entity, 'tags')).flatMap(each => decodeWord(decodeRecord(each)['name']) ?? []);
