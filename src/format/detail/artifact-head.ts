import {countCells, cutEnd, padEnd} from '../cells.js';
import {cutLine, type Line, renderDim} from '../line.js';
import {collapsedSign, expandedSign, middleDot} from '../marks.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {
  type ArtifactEntry,
  formatArtifact,
  formatArtifactType,
  formatItemCount,
  type Origin,
} from './artifact-entry.js';

/** The widths of the columns in cells, the same for all entries of a list. */
export type HeadColumns = {readonly name: number; readonly artifact: number};

const gap = 2;
const signCells = 2;
const maxNameCells = 24;
const maxArtifactCells = 44;
/** With less room, facts are only shown in the open entry. */
const minFactsCells = 12;

/** The columns that these entries need in lines of `width` cells. */
export const layOutHeadColumns = (entries: readonly ArtifactEntry[], width: number): HeadColumns => {
  const room = width - signCells;
  const nameLimit = Math.max(4, Math.min(maxNameCells, Math.floor(room / 3)));
  const name = Math.min(
    nameLimit,
    Math.max(0, ...entries.map(entry => countCells(sanitizeToWidth(entry.name, nameLimit)))),
  );
  const free = Math.max(6, room - name - gap);
  const artifactLimit = free >= 2 * minFactsCells ? Math.min(maxArtifactCells, Math.floor(free / 2)) : free;
  const texts = entries.map(({artifact, part}) => countCells(formatArtifact(artifact, part, artifactLimit)));
  return {name, artifact: Math.min(artifactLimit, Math.max(0, ...texts))};
};

/** One line: whether it is expanded, the name, the artifact version, and as many facts as fit. */
export const renderArtifactHead = (
  entry: ArtifactEntry,
  isRepeated: boolean,
  columns: HeadColumns,
  width: number,
): Line => {
  const name = isRepeated ? '' : sanitizeToWidth(entry.name, columns.name);
  const artifact = formatArtifact(entry.artifact, entry.part, columns.artifact);
  const facts = entry.isOpen ? [] : renderHeadFacts(entry);
  const line: Line = [
    renderDim(`${entry.isOpen ? expandedSign : collapsedSign} `),
    {text: padEnd(name, columns.name + gap), tone: 'strong'},
    {text: facts.length === 0 ? artifact : padEnd(artifact, columns.artifact + gap), tone: 'link'},
    ...facts.flatMap((fact, index) => (index === 0 ? [fact] : [renderDim(` ${middleDot} `), fact])),
  ];
  return cutLine(line, width);
};

const renderHeadFacts = (entry: ArtifactEntry) =>
  [
    ...formatArtifactType(entry.artifact),
    ...formatItemCount(entry.artifact),
    ...(entry.readers === undefined ? formatOriginFact(entry) : formatReaderCount(entry.readers.length)),
  ].map(renderDim);

const formatOriginFact = ({origin, inputType}: ArtifactEntry): readonly string[] => {
  if (origin !== undefined) {
    return [`from ${formatOrigin(origin)}`];
  }

  return inputType === undefined || inputType === 'step_output' ? [] : [sanitizeToWidth(inputType, 20)];
};

const formatReaderCount = (count: number): readonly string[] => [
  count === 0 ? 'not used' : `used by ${pluralize(count, 'step')}`,
];

const formatOrigin = (origin: Origin): string =>
  origin.kind === 'here'
    ? sanitizeToWidth(origin.stepName, 40)
    : cutEnd(`${sanitizeToWidth(origin.stepName ?? 'a step', 30)} of another run`, 50);
