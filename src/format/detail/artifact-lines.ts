import type {ArtifactVersion, StepInput} from '../../domain/artifact.js';
import {isFinished} from '../../domain/status.js';
import type {StepSpec} from '../../domain/step-config.js';
import {cells, padEnd} from '../cells.js';
import {dim, type Line, plain} from '../line.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {flowFacts} from '../wrap.js';
import {artifactText, countWords, typeWords} from './artifact-entry.js';
import {field, valueCells} from './field.js';
import {partOf, placeAmongItsName, sourceOf} from './input-source.js';
import type {AttemptInput, Section} from './overview-input.js';

/** One input or output before it is laid out. */
type Entry = {
  readonly name: string;
  readonly artifact: ArtifactVersion;
  readonly part: string;
  readonly facts: readonly string[];
};

const foldedEntries = 8;
const mostEntries = 1000;
const longestName = 16;
const gap = 2;
/** Cells that what is known of an artifact needs to stand beside it rather than below. */
const narrowestFacts = 18;

export const inputLines = (input: AttemptInput): readonly Line[] => {
  const inputs = input.attempt.inputs ?? input.detail?.attempt.inputs;
  const entries = inputs?.map((each, index): Entry => {
    const part = partOf(each);
    const origin = originOf(each, placeAmongItsName(inputs, index), input.detail?.spec);
    return {name: each.name, artifact: each.artifact, part, facts: [...artifactFacts(each.artifact), ...origin]};
  });
  return section('inputs', entries, 'none', input);
};

export const outputLines = (input: AttemptInput): readonly Line[] => {
  const outputs = input.attempt.outputs ?? input.detail?.attempt.outputs;
  const entries = outputs?.map(
    ({name, artifact}): Entry => ({name, artifact, part: '', facts: artifactFacts(artifact)}),
  );
  return section('outputs', entries, isFinished(input.attempt.status) ? 'none' : 'none yet', input);
};

const artifactFacts = (artifact: ArtifactVersion): readonly string[] => [
  ...typeWords(artifact),
  ...countWords(artifact),
];

/** Which step an input comes from, or else the server's word for how it came. */
const originOf = (input: StepInput, place: number, spec: StepSpec | undefined): readonly string[] => {
  const {inputType} = input;
  if (inputType !== undefined && inputType !== 'step_output') {
    return [safeText(inputType)];
  }

  const source = sourceOf(input, place, spec);
  return source === undefined ? [] : [`from ${safeText(source.stepName, {maxCells: 40})}`];
};

const section = (
  name: Extract<Section, 'inputs' | 'outputs'>,
  entries: readonly Entry[] | undefined,
  noneWords: string,
  {width, isUnfolded}: AttemptInput,
): readonly Line[] => {
  if (entries === undefined || entries.length === 0) {
    return field(name, [[dim(entries === undefined ? 'loading…' : noneWords)]]);
  }

  const limit = isUnfolded(name) ? mostEntries : foldedEntries;
  const shown = entries.length <= limit ? entries : entries.slice(0, limit - 1);
  const rest = entries.length - shown.length;
  return field(name, [
    ...table(shown, valueCells(width)),
    ...(rest > 0 ? [[dim(`and ${plural(rest, 'more', 'more')}`)]] : []),
  ]);
};

/** Name, artifact and facts in columns, or the facts below the artifact where the line is too narrow for three. */
const table = (entries: readonly Entry[], width: number): readonly Line[] => {
  const nameMax = Math.min(longestName, Math.floor(width / 3));
  const names = entries.map(({name}) => safeText(name, {maxCells: nameMax}));
  const nameCells = Math.max(...names.map(cells));
  const room = Math.max(1, width - nameCells - gap);
  const artifactMax = room >= 2 * narrowestFacts + gap ? Math.floor(room / 2) : room;
  const artifacts = entries.map(entry => artifactText(entry.artifact, entry.part, artifactMax));
  const artifactCells = Math.max(...artifacts.map(cells));
  const beside = room - artifactCells - gap;
  return entries.flatMap(({facts}, index) => {
    const head: Line = [
      plain(padEnd(isRepeated(entries, index) ? '' : (names[index] ?? ''), nameCells + gap)),
      {text: artifacts[index] ?? '', tone: 'link'},
    ];
    const isBeside = beside >= narrowestFacts;
    const lines = flowFacts(
      facts.map(fact => [dim(fact)]),
      isBeside ? beside : room,
    );
    const indent = plain(' '.repeat(nameCells + gap + (isBeside ? artifactCells + gap : 0)));
    const [first, ...others] = lines.map(line => [indent, ...line]);
    if (!isBeside || first === undefined) {
      return [head, ...(first === undefined ? [] : [first]), ...others];
    }

    const space = plain(' '.repeat(gap + artifactCells - cells(artifacts[index] ?? '')));
    return [[...head, space, ...first.slice(1)], ...others];
  });
};

/** An input that is a list stands under its name once. */
const isRepeated = (entries: readonly Entry[], index: number): boolean =>
  index > 0 && entries[index - 1]?.name === entries[index]?.name;
