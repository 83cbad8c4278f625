import type {ArtifactRow} from './artifact-rows.js';
import {between, uuidFor} from './ids.js';
import {entity, type Wire, writtenAt} from './wire.js';
import {tagReference, userReference} from './wire-people.js';

const body = (artifact: ArtifactRow): Wire => {
  const {run, kind} = artifact;
  const owner = {user_id: run.world.userId(run.script.user), project_id: run.world.project.id};
  return {
    ...writtenAt(artifact.createdAt),
    ...owner,
    artifact: entity({
      id: uuidFor(run.world.project.id, 'artifact', artifact.artifactName),
      name: artifact.artifactName,
      body: {...writtenAt(artifact.createdAt - 2.6), ...owner},
    }),
    version: artifact.version,
    uri: artifact.uri,
    type: kind.type,
    materializer: kind.materializer,
    data_type: kind.dataType,
    save_type: artifact.saveType,
    artifact_store_id: run.world.ids.artifactStore,
    content_hash: artifact.contentHash,
    item_count: artifact.itemCount,
  };
};

/** An artifact version inside a step: its body alone. */
export const artifactReference = (artifact: ArtifactRow): Wire => entity({id: artifact.id, body: body(artifact)});

/** An input of a step: the artifact version, with how it came there at its top level. */
export const inputReference = (
  artifact: ArtifactRow,
  place: {readonly index: number; readonly chunkIndex: number | null; readonly chunkSize: number | null},
): Wire => ({
  ...artifactReference(artifact),
  input_type: artifact.saveType,
  index: place.index,
  chunk_index: place.chunkIndex,
  chunk_size: place.chunkSize,
});

/** ZenML's own materializers store a JSON file beside the value, which can be shown as it is. */
const hasPreview = (artifact: ArtifactRow): boolean => artifact.kind.isHashed;

export const previewOf = (artifact: ArtifactRow): Wire | undefined =>
  hasPreview(artifact) ? {type: 'json', value: JSON.stringify(artifact.metadata['value'] ?? null)} : undefined;

/** Bytes on disk: about three per cell of a table, little for the rest. */
const sizeOf = (artifact: ArtifactRow): number => {
  const {shape} = artifact.metadata;
  const cells = Array.isArray(shape) ? shape.reduce((product, length) => product * Number(length), 1) : 0;
  return cells * 3 + Math.round(between(64, 960, artifact.id, 'size'));
};

const metadataOf = (artifact: ArtifactRow): Wire => {
  const {value, ...rest} = artifact.metadata;
  const text = value === undefined ? {} : {string_representation: JSON.stringify(value)};
  return {storage_size: sizeOf(artifact), ...text, ...rest};
};

/** The answer of `GET /artifact_versions/{id}`. Only here are the producer and the metadata told. */
export const artifactEntity = (artifact: ArtifactRow, hydrate: boolean): Wire => {
  const {run} = artifact;
  const preview = entity({
    id: uuidFor(artifact.id, 'visualization'),
    body: {...writtenAt(artifact.createdAt + 2.1), type: 'json', uri: `${artifact.uri}/data.json`},
  });
  return entity({
    id: artifact.id,
    body: body(artifact),
    metadata: hydrate
      ? {visualizations: hasPreview(artifact) ? [preview] : [], run_metadata: metadataOf(artifact)}
      : null,
    resources: {
      user: userReference(run.world, run.script.user),
      tags: artifact.tags.map(name => tagReference(run.world, name)),
      producer_step_run_id: artifact.producerId,
      producer_pipeline_run_id: artifact.producerId === null ? null : run.id,
    },
  });
};
