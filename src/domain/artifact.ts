import type {ArtifactVersionId, NamedEntity, RunId, StepId} from './ids.js';
import type {Instant} from './instant.js';
import type {JsonRecord} from './json.js';

/** One version of an artifact: what a step reads or writes. */
export type ArtifactVersion = {
  readonly id: ArtifactVersionId;
  readonly artifactName: string;
  readonly version: string;
  readonly uri: string | undefined;
  /** The server's kind: `DataArtifact`, `ModelArtifact`, … */
  readonly type: string | undefined;
  /** Import path of the Python type, e.g. `pandas.core.frame.DataFrame`. */
  readonly dataType: string | undefined;
  readonly materializer: string | undefined;
  readonly saveType: string | undefined;
  readonly artifactStoreId: string | undefined;
  readonly contentHash: string | undefined;
  readonly itemCount: number | undefined;
  readonly createdAt: Instant | undefined;
};

export type StepInput = {
  readonly name: string;
  /** `step_output`, `external`, `manual`, `lazy`, `override`, or a value of a later version; `undefined` on old servers. */
  readonly inputType: string | undefined;
  readonly index: number | undefined;
  readonly chunkIndex: number | undefined;
  readonly chunkSize: number | undefined;
  readonly artifact: ArtifactVersion;
};

export type StepOutput = {readonly name: string; readonly artifact: ArtifactVersion};

/** An artifact version with what only `GET /artifact_versions/{id}` returns. */
export type ArtifactVersionDetail = {
  readonly artifact: ArtifactVersion;
  readonly producerStepId: StepId | undefined;
  readonly producerRunId: RunId | undefined;
  readonly metadata: JsonRecord;
  readonly visualizations: readonly {readonly type: string; readonly uri: string}[];
  readonly tags: readonly string[];
  readonly user: NamedEntity | undefined;
};
