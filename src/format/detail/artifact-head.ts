import {cells, cutEnd, padEnd} from '../cells.js';
import {dim, type Line} from '../line.js';
import {cutLine} from '../line-cells.js';
import {dot, folded, unfolded} from '../marks.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {type ArtifactEntry, artifactText, countWords, type Origin, typeWords} from './artifact-entry.js';

/** How wide the columns of all entries of a list are. */
export type HeadColumns = {readonly name: number; readonly artifact: number};

const gap = 2;
const signCells = 2;
const longestName = 24;
const longestArtifact = 44;
/** In less room what is known of an artifact is left to its open entry. */
const leastFacts = 12;

export const headColumns = (entries: readonly ArtifactEntry[], width: number): HeadColumns => {
  const room = width - signCells;
  const nameMost = Math.max(4, Math.min(longestName, Math.floor(room / 3)));
  const name = Math.min(
    nameMost,
    Math.max(0, ...entries.map(entry => cells(safeText(entry.name, {maxCells: nameMost})))),
  );
  const left = Math.max(6, room - name - gap);
  const artifactMost = left >= 2 * leastFacts ? Math.min(longestArtifact, Math.floor(left / 2)) : left;
  const texts = entries.map(({artifact, part}) => cells(artifactText(artifact, part, artifactMost)));
  return {name, artifact: Math.min(artifactMost, Math.max(0, ...texts))};
};

/** One line: the sign, the name, the artifact version, and as much of the rest as fits. */
export const headLine = (entry: ArtifactEntry, isRepeated: boolean, columns: HeadColumns, width: number): Line => {
  const name = isRepeated ? '' : safeText(entry.name, {maxCells: columns.name});
  const artifact = artifactText(entry.artifact, entry.part, columns.artifact);
  const facts = entry.isOpen ? [] : headFacts(entry);
  const line: Line = [
    dim(`${entry.isOpen ? unfolded : folded} `),
    {text: padEnd(name, columns.name + gap), tone: 'strong'},
    {text: facts.length === 0 ? artifact : padEnd(artifact, columns.artifact + gap), tone: 'link'},
    ...facts.flatMap((fact, place) => (place === 0 ? [fact] : [dim(` ${dot} `), fact])),
  ];
  return cutLine(line, width);
};

const headFacts = (entry: ArtifactEntry) =>
  [
    ...typeWords(entry.artifact),
    ...countWords(entry.artifact),
    ...(entry.readers === undefined ? originFact(entry) : readersFact(entry.readers.length)),
  ].map(dim);

const originFact = ({origin, inputType}: ArtifactEntry): readonly string[] => {
  if (origin !== undefined) {
    return [`from ${originWords(origin)}`];
  }

  return inputType === undefined || inputType === 'step_output' ? [] : [safeText(inputType, {maxCells: 20})];
};

const readersFact = (count: number): readonly string[] => [
  count === 0 ? 'read by none' : `read by ${plural(count, 'step')}`,
];

const originWords = (origin: Origin): string =>
  origin.kind === 'here'
    ? safeText(origin.stepName, {maxCells: 40})
    : cutEnd(`${safeText(origin.stepName ?? 'a step', {maxCells: 30})} of another run`, 50);
