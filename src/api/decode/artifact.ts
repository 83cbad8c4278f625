import type {ArtifactVersion, ArtifactVersionDetail, StepInput, StepOutput} from '../../domain/artifact.js';
import {artifactVersionId, runId, stepId} from '../../domain/ids.js';
import {type Entity, entityOf, namedOf, plainId, related} from './entity.js';
import {jsonRecord} from './json.js';
import {importPath} from './source.js';
import {instant} from './time.js';
import {count, eachOf, finite, isRecord, list, oneOrMany, record, text, type Wire, word} from './wire.js';

const artifactVersionOf = (whole: Wire): ArtifactVersion | undefined => {
  const {body} = entityOf(whole);
  const id = word(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const version = word(body['version']) ?? finite(body['version'])?.toString();
  return {
    id: artifactVersionId(id),
    artifactName: word(record(body['artifact'])['name']) ?? word(whole['name']) ?? id,
    version: version ?? '',
    uri: word(body['uri']),
    type: word(body['type']),
    dataType: importPath(body['data_type']),
    materializer: importPath(body['materializer']),
    saveType: word(body['save_type']),
    artifactStoreId: word(body['artifact_store_id']),
    contentHash: word(body['content_hash']),
    itemCount: count(body['item_count']),
    createdAt: instant(body['created']),
  };
};

const inputOf =
  (name: string) =>
  (whole: Wire): StepInput | undefined => {
    const artifact = artifactVersionOf(whole);
    return artifact === undefined
      ? undefined
      : {
          name,
          inputType: word(whole['input_type']),
          index: count(whole['index']),
          chunkIndex: count(whole['chunk_index']),
          chunkSize: count(whole['chunk_size']),
          artifact,
        };
  };

const byIndex = (a: StepInput, b: StepInput): number => (a.index ?? 0) - (b.index ?? 0);

/** In the order of the names, and by index within one name; `undefined` where the answer has no inputs at all. */
export const inputsOf = (entity: Entity): readonly StepInput[] | undefined => {
  const inputs = related(entity, 'inputs');
  return isRecord(inputs)
    ? Object.entries(inputs).flatMap(([name, value]) => eachOf(oneOrMany(value), inputOf(name)).toSorted(byIndex))
    : undefined;
};

export const outputsOf = (entity: Entity): readonly StepOutput[] | undefined => {
  const outputs = related(entity, 'outputs');
  return isRecord(outputs)
    ? Object.entries(outputs).flatMap(([name, value]) =>
        eachOf(oneOrMany(value), artifactVersionOf).map(artifact => ({name, artifact})),
      )
    : undefined;
};

/** Producers are in `resources` from 0.83 on; before, the step in `metadata` and the run in `body`. */
export const artifactVersionDetailOf = (whole: Wire): ArtifactVersionDetail | undefined => {
  const artifact = artifactVersionOf(whole);
  if (artifact === undefined) {
    return undefined;
  }

  const entity = entityOf(whole);
  const {body, resources, metadata} = entity;
  const producer = (key: string): string | undefined => word(resources[key] ?? metadata[key] ?? body[key]);
  const producerStep = producer('producer_step_run_id');
  const producerRun = producer('producer_pipeline_run_id');
  return {
    artifact,
    producerStepId: producerStep === undefined ? undefined : stepId(producerStep),
    producerRunId: producerRun === undefined ? undefined : runId(producerRun),
    metadata: jsonRecord(metadata['run_metadata']),
    visualizations: eachOf(list(metadata['visualizations']), each => {
      const visualization = record(each['body']);
      const type = word(visualization['type']);
      return type === undefined ? undefined : {type, uri: text(visualization['uri']) ?? ''};
    }),
    tags: tagsOf(entity),
    user: namedOf(related(entity, 'user'), plainId),
  };
};

/** Tags are entities with a name. */
export const tagsOf = (entity: Entity): readonly string[] =>
  list(related(entity, 'tags')).flatMap(each => word(record(each)['name']) ?? word(each) ?? []);
