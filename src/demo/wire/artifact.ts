import {deriveUuid, pickBetween} from '../derived-ids.js';
import {buildEntity, buildTimestamps, type JsonObject} from '../entity.js';
import type {ArtifactRow} from '../world/model.js';
import {buildUserReference} from './project.js';

const buildArtifactBody = (artifact: ArtifactRow): JsonObject => {
  const {run, kind} = artifact;
  const owner = {user_id: run.world.getUserId(run.script.user), project_id: run.world.project.id};
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

/** An artifact version nested in a step. */
export const buildArtifactReference = (artifact: ArtifactRow): JsonObject =>
  buildEntity({id: artifact.id, body: buildArtifactBody(artifact)});

/** An input of a step: the artifact version, with its position in the input at the top level. */
export const buildInputReference = (
  artifact: ArtifactRow,
  position: {readonly index: number; readonly chunkIndex: number | null; readonly chunkSize: number | null},
): JsonObject => ({
  ...buildArtifactReference(artifact),
  input_type: artifact.saveType,
  index: position.index,
  chunk_index: position.chunkIndex,
  chunk_size: position.chunkSize,
});

/** The materializers of Python's own types store a JSON file that can be shown as a visualization. */
const hasPreview = (artifact: ArtifactRow): boolean => artifact.kind.isHashed;

/** Size in bytes: about three per cell of a table, up to a kilobyte for anything else. */
const getStorageSize = (artifact: ArtifactRow): number => {
  const {shape} = artifact.metadata;
  const cells = Array.isArray(shape) ? shape.reduce((product, length) => product * Number(length), 1) : 0;
  return cells * 3 + Math.round(pickBetween(64, 960, artifact.id, 'size'));
};

const buildArtifactMetadata = (artifact: ArtifactRow): JsonObject => {
  const {value, ...otherMetadata} = artifact.metadata;
  const text = value === undefined ? {} : {string_representation: JSON.stringify(value)};
  return {storage_size: getStorageSize(artifact), ...text, ...otherMetadata};
};

/** The response of `GET /artifact_versions/{id}`, the only one with the producer and the metadata. */
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
      tags: [],
      producer_step_run_id: artifact.producerId,
      producer_pipeline_run_id: artifact.producerId === null ? null : run.id,
    },
  });
};
