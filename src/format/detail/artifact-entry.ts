import type {ArtifactVersion, ArtifactVersionDetail} from '../../domain/artifact.js';
import type {Failure} from '../../domain/failure.js';
import type {RunId} from '../../domain/ids.js';
import type {CopyText} from '../../domain/mark.js';
import type {StepStatus} from '../../domain/status.js';
import {countCells, cutEnd, cutMiddle} from '../cells.js';
import {formatShortCount} from '../number.js';
import {pluralize} from '../plural.js';
import {formatPythonType} from '../python-type.js';
import {sanitizeText} from '../safe-text.js';

/** Which step wrote an artifact version. */
export type Origin =
  | {readonly kind: 'here'; readonly stepName: string}
  | {
      readonly kind: 'elsewhere';
      readonly runId: RunId;
      readonly runName: string | undefined;
      readonly stepName: string | undefined;
    };

/** A step that reads an output; one that has not started yet may only wait for the step that writes it. */
export type Reader = {readonly stepName: string; readonly status: StepStatus; readonly isSure: boolean};

/** One input or output of a step, and what is known of it. */
export type ArtifactEntry = {
  /** Names its fold. */
  readonly key: string;
  readonly name: string;
  readonly artifact: ArtifactVersion;
  /** The item or slice of it that is read, as Python writes it. */
  readonly part: string;
  /** How an input came, in the server's word. */
  readonly inputType: string | undefined;
  readonly isOpen: boolean;
  readonly origin: Origin | undefined;
  readonly page: ArtifactVersionDetail | undefined;
  readonly pageFailure: Failure | undefined;
  /** What was written under this name the last time. */
  readonly earlier: ArtifactVersionDetail | undefined;
  /** `undefined` for an input. */
  readonly readers: readonly Reader[] | undefined;
};

/** `embeddings:17[3]`: the name gives way before the version does. */
export const formatArtifact = (artifact: ArtifactVersion, part: string, max: number): string => {
  const version = `:${sanitizeText(artifact.version, {maxCells: 20})}${part}`;
  return cutEnd(cutMiddle(sanitizeText(artifact.artifactName), Math.max(4, max - countCells(version))) + version, max);
};

export const formatArtifactType = ({dataType, type}: ArtifactVersion): readonly string[] =>
  dataType === undefined ? (type === undefined ? [] : [sanitizeText(type)]) : [formatPythonType(dataType)];

export const formatItemCount = ({itemCount}: ArtifactVersion): readonly string[] =>
  itemCount === undefined
    ? []
    : [itemCount < 10_000 ? pluralize(itemCount, 'item') : `${formatShortCount(itemCount)} items`];

/** What can be taken along of an artifact version. */
export const buildArtifactCopies = ({id, artifactName, version, uri}: ArtifactVersion): readonly CopyText[] => [
  {what: 'Python that loads it', text: `Client().get_artifact_version("${id}").load()`},
  {what: 'artifact version id', text: id},
  {what: 'artifact:version', text: `${artifactName}:${version}`},
  ...(uri === undefined ? [] : [{what: 'URI', text: uri}]),
];
