import type {ArtifactVersion, StepInput} from '../../domain/artifact.js';
import {isFinished} from '../../domain/status.js';
import type {StepSpec} from '../../domain/step-config.js';
import {countCells, padEnd} from '../cells.js';
import {type Line, renderDim, renderPlain} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {flowFacts} from '../wrap.js';
import {formatArtifact, formatArtifactType, formatItemCount} from './artifact-entry.js';
import {getValueCells, renderField} from './field.js';
import {findInputWriter, formatInputPart, getInputPosition} from './input-source.js';
import type {AttemptInput, OverviewSection} from './overview-input.js';

type ArtifactItem = {
  readonly name: string;
  readonly artifact: ArtifactVersion;
  readonly part: string;
  readonly facts: readonly string[];
};

const maxCollapsedEntries = 8;
const maxEntries = 1000;
const maxNameCells = 16;
const gap = 2;
/** With less room, facts are shown below the artifact instead of beside it. */
const minFactsCells = 18;

export const renderInputs = (input: AttemptInput): readonly Line[] => {
  const inputs = input.attempt.inputs ?? input.detail?.attempt.inputs;
  const entries = inputs?.map((each, index): ArtifactItem => {
    const part = formatInputPart(each);
    const origin = formatInputOrigin(each, getInputPosition(inputs, index), input.detail?.spec);
    return {name: each.name, artifact: each.artifact, part, facts: [...formatArtifactFacts(each.artifact), ...origin]};
  });
  return renderSection('inputs', entries, formatNone(input), input);
};

/** The server creates the row of a step first, and adds the artifacts to it later. */
const formatNone = ({attempt}: AttemptInput): string => (isFinished(attempt.status) ? 'none' : 'none yet');

export const renderOutputs = (input: AttemptInput): readonly Line[] => {
  const outputs = input.attempt.outputs ?? input.detail?.attempt.outputs;
  const entries = outputs?.map(
    ({name, artifact}): ArtifactItem => ({name, artifact, part: '', facts: formatArtifactFacts(artifact)}),
  );
  return renderSection('outputs', entries, formatNone(input), input);
};

const formatArtifactFacts = (artifact: ArtifactVersion): readonly string[] => [
  ...formatArtifactType(artifact),
  ...formatItemCount(artifact),
];

/** The step that an input comes from, else the server's word for its kind. */
const formatInputOrigin = (input: StepInput, position: number, spec: StepSpec | undefined): readonly string[] => {
  const {inputType} = input;
  if (inputType !== undefined && inputType !== 'step_output') {
    return [sanitizeText(inputType)];
  }

  const writer = findInputWriter(input, position, spec);
  return writer === undefined ? [] : [`from ${sanitizeToWidth(writer, 40)}`];
};

const renderSection = (
  name: Extract<OverviewSection, 'inputs' | 'outputs'>,
  entries: readonly ArtifactItem[] | undefined,
  noneWords: string,
  {width, isExpanded}: AttemptInput,
): readonly Line[] => {
  if (entries === undefined || entries.length === 0) {
    return renderField(name, [[renderDim(entries === undefined ? 'loading…' : noneWords)]]);
  }

  const limit = isExpanded(name) ? maxEntries : maxCollapsedEntries;
  const shownEntries = entries.length <= limit ? entries : entries.slice(0, limit - 1);
  const hiddenCount = entries.length - shownEntries.length;
  return renderField(name, [
    ...renderTable(shownEntries, getValueCells(width)),
    ...(hiddenCount > 0 ? [[renderDim(`and ${pluralize(hiddenCount, 'more', 'more')}`)]] : []),
  ]);
};

/** Name, artifact and facts in columns; facts go below the artifact if the line is too narrow for three columns. */
const renderTable = (entries: readonly ArtifactItem[], width: number): readonly Line[] => {
  const nameMax = Math.min(maxNameCells, Math.floor(width / 3));
  const names = entries.map(({name}) => sanitizeToWidth(name, nameMax));
  const nameCells = Math.max(...names.map(countCells));
  const room = Math.max(1, width - nameCells - gap);
  const artifactMax = room >= 2 * minFactsCells + gap ? Math.floor(room / 2) : room;
  const artifacts = entries.map(entry => formatArtifact(entry.artifact, entry.part, artifactMax));
  const artifactCells = Math.max(...artifacts.map(countCells));
  const factsCells = room - artifactCells - gap;
  return entries.flatMap(({facts}, index) => {
    const head: Line = [
      renderPlain(padEnd(isRepeated(entries, index) ? '' : (names[index] ?? ''), nameCells + gap)),
      {text: artifacts[index] ?? '', tone: 'link'},
    ];
    const isBeside = factsCells >= minFactsCells;
    const lines = flowFacts(
      facts.map(fact => [renderDim(fact)]),
      isBeside ? factsCells : room,
    );
    const indent = renderPlain(' '.repeat(nameCells + gap + (isBeside ? artifactCells + gap : 0)));
    const [first, ...others] = lines.map(line => [indent, ...line]);
    if (!isBeside || first === undefined) {
      return [head, ...(first === undefined ? [] : [first]), ...others];
    }

    const space = renderPlain(' '.repeat(gap + artifactCells - countCells(artifacts[index] ?? '')));
    return [[...head, space, ...first.slice(1)], ...others];
  });
};

/** A name is shown once for an input that is a list. */
const isRepeated = (entries: readonly ArtifactItem[], index: number): boolean =>
  index > 0 && entries[index - 1]?.name === entries[index]?.name;
