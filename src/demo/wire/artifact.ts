import {deriveUuid, pickBetween} from '../derived-ids.js';
import {buildEntity, buildTimestamps, type JsonObject} from '../entity.js';
import type {ArtifactRow} from '../world/artifact-rows.js';
import {buildTagReference, buildUserReference} from './project.js';

const buildArtifactBody = (artifact: ArtifactRow): JsonObject => {
  const {run, kind} = artifact;
  const owner = {user_id: run.world.userId(run.script.user), project_id: run.world.project.id};
  return {
    ...buildTimestamps(artifact.createdAt),
    ...owner,
    artifact: buildEntity({
      id: deriveUuid(run.world.project.id, 'artifact', artifact.artifactName),
      name: artifact.artifactName,
      body: {...buildTimestamps(artifact.createdAt - 2.6), ...owner},
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
export const buildArtifactReference = (artifact: ArtifactRow): JsonObject =>
  buildEntity({id: artifact.id, body: buildArtifactBody(artifact)});

/** An input of a step: the artifact version, with how it came there at its top level. */
export const buildInputReference = (
  artifact: ArtifactRow,
  place: {readonly index: number; readonly chunkIndex: number | null; readonly chunkSize: number | null},
): JsonObject => ({
  ...buildArtifactReference(artifact),
  input_type: artifact.saveType,
  index: place.index,
  chunk_index: place.chunkIndex,
  chunk_size: place.chunkSize,
});

/** ZenML's own materializers store a JSON file beside the value, which can be shown as it is. */
const hasPreview = (artifact: ArtifactRow): boolean => artifact.kind.isHashed;

export const findPreview = (artifact: ArtifactRow): JsonObject | undefined =>
  hasPreview(artifact) ? {type: 'json', value: JSON.stringify(artifact.metadata['value'] ?? null)} : undefined;

/** Bytes on disk: about three per cell of a table, little for the rest. */
const getStorageSize = (artifact: ArtifactRow): number => {
  const {shape} = artifact.metadata;
  const cells = Array.isArray(shape) ? shape.reduce((product, length) => product * Number(length), 1) : 0;
  return cells * 3 + Math.round(pickBetween(64, 960, artifact.id, 'size'));
};

const buildArtifactMetadata = (artifact: ArtifactRow): JsonObject => {
  const {value, ...rest} = artifact.metadata;
  const text = value === undefined ? {} : {string_representation: JSON.stringify(value)};
  return {storage_size: getStorageSize(artifact), ...text, ...rest};
};

/** The answer of `GET /artifact_versions/{id}`. Only here are the producer and the metadata told. */
export const buildArtifactEntity = (artifact: ArtifactRow, hydrate: boolean): JsonObject => {
  const {run} = artifact;
  const preview = buildEntity({
    id: deriveUuid(artifact.id, 'visualization'),
    body: {...buildTimestamps(artifact.createdAt + 2.1), type: 'json', uri: `${artifact.uri}/data.json`},
  });
  return buildEntity({
    id: artifact.id,
    body: buildArtifactBody(artifact),
    metadata: hydrate
      ? {visualizations: hasPreview(artifact) ? [preview] : [], run_metadata: buildArtifactMetadata(artifact)}
      : null,
    resources: {
      user: buildUserReference(run.world, run.script.user),
      tags: artifact.tags.map(name => buildTagReference(run.world, name)),
      producer_step_run_id: artifact.producerId,
      producer_pipeline_run_id: artifact.producerId === null ? null : run.id,
    },
  });
};
