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
import {sanitizeToWidth} from '../sanitize-to-width.js';

/** The step that wrote an artifact version: in this run, or in another one. */
export type Origin =
  | {readonly kind: 'here'; readonly stepName: string}
  | {
      readonly kind: 'elsewhere';
      readonly runId: RunId;
      readonly runName: string | undefined;
      readonly stepName: string | undefined;
    };

/**
 * A step that reads an output. `isCertain` is false for a step that has not started: it may wait for the writer without reading the
 * output.
 */
export type Reader = {readonly stepName: string; readonly status: StepStatus; readonly isCertain: boolean};

/** An input or output of a step. */
export type ArtifactEntry = {
  /** The key of its section. */
  readonly key: string;
  readonly name: string;
  readonly artifact: ArtifactVersion;
  /** The item or slice that is read, in Python syntax. */
  readonly part: string;
  /** The server's word for the kind of an input. */
  readonly inputType: string | undefined;
  readonly isOpen: boolean;
  readonly origin: Origin | undefined;
  /** `undefined` until it is loaded. */
  readonly detail: ArtifactVersionDetail | undefined;
  readonly detailFailure: Failure | undefined;
  /** The artifact version of that name in the previous run. */
  readonly previous: ArtifactVersionDetail | undefined;
  /** `undefined` for an input. */
  readonly readers: readonly Reader[] | undefined;
};

/** `embeddings:17[3]`, in at most `max` cells: the version is cut to 20 cells, and then the name as far as necessary. */
export const formatArtifact = (artifact: ArtifactVersion, part: string, max: number): string => {
  const version = `:${sanitizeToWidth(artifact.version, 20)}${part}`;
  return cutEnd(cutMiddle(sanitizeText(artifact.artifactName), Math.max(4, max - countCells(version))) + version, max);
};

/** The Python type without its module, or else the server's kind of artifact; empty if neither is known. */
export const formatArtifactType = ({dataType, type}: ArtifactVersion): readonly string[] =>
  dataType === undefined ? (type === undefined ? [] : [sanitizeText(type)]) : [formatPythonType(dataType)];

/** `17 items`; empty if the number is not known. */
export const formatItemCount = ({itemCount}: ArtifactVersion): readonly string[] =>
  itemCount === undefined
    ? []
    : [itemCount < 10_000 ? pluralize(itemCount, 'item') : `${formatShortCount(itemCount)} items`];

/** What the copy menu offers for an artifact version. */
export const buildArtifactCopies = ({id, artifactName, version, uri}: ArtifactVersion): readonly CopyText[] => [
  {what: 'Python code to load it', text: `Client().get_artifact_version("${id}").load()`},
  {what: 'artifact version ID', text: id},
  {what: 'artifact:version', text: `${artifactName}:${version}`},
  ...(uri === undefined ? [] : [{what: 'URI', text: uri}]),
];
