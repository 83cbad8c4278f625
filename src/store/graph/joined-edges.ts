import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {ArtifactVersionId} from '../../domain/ids.js';
import {memoize} from '../../domain/memoize.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {iterateSteps, type StepTable} from '../../domain/step-table.js';

/**
 * Edges that ZenML does not record, by the name of the reading step: its code loads an artifact that another step of the run or a
 * child run wrote, or it has one as an external input.
 */
export type JoinedEdges = {
  readonly stepsByReader: ReadonlyMap<string, readonly string[]>;
  /** IDs of child runs. */
  readonly childrenByReader: ReadonlyMap<string, readonly string[]>;
};

const none: JoinedEdges = {stepsByReader: new Map(), childrenByReader: new Map()};

let known = none;

/** The same object for as long as the edges are the same, whatever else changes. */
export const getJoinedEdges = (table: StepTable, childRuns: readonly DagChildRun[]): JoinedEdges => {
  const edges = findJoinedEdges(table, childRuns);
  const isSame =
    isEqual([...known.stepsByReader], [...edges.stepsByReader]) &&
    isEqual([...known.childrenByReader], [...edges.childrenByReader]);
  known = isSame ? known : edges;
  return known;
};

const findJoinedEdges = (table: StepTable, childRuns: readonly DagChildRun[]): JoinedEdges => {
  const readers = table.chunks.flatMap(listReaders);
  if (readers.length === 0) {
    return none;
  }

  const writerById = new Map<ArtifactVersionId, string>();
  for (const step of iterateSteps(table)) {
    for (const {artifact} of findLatestAttempt(step)?.outputs ?? []) {
      writerById.set(artifact.id, step.name);
    }
  }

  const childById = new Map(
    childRuns.flatMap(({id, outputIds = []}) => outputIds.map(output => [output, id] as const)),
  );
  const stepsByReader = new Map<string, readonly string[]>();
  const childrenByReader = new Map<string, readonly string[]>();
  for (const {step, ids} of readers) {
    const writers = [...new Set(ids.flatMap(id => writerById.get(id) ?? []))];
    const unrecordedWriters = writers.filter(name => name !== step.name && !step.upstream.includes(name));
    const children = [...new Set(ids.flatMap(id => childById.get(id) ?? []))];
    if (unrecordedWriters.length > 0) {
      stepsByReader.set(step.name, unrecordedWriters);
    }

    if (children.length > 0) {
      childrenByReader.set(step.name, children);
    }
  }

  return {stepsByReader, childrenByReader};
};

type Reader = {readonly step: Step; readonly ids: readonly ArtifactVersionId[]};

/** Inputs for which ZenML records no edge. */
const joinedTypes: ReadonlySet<string> = new Set(['manual', 'external', 'lazy']);

/** The steps that read anything but the outputs of their upstream steps. */
const listReaders = memoize((chunk: readonly Step[]): readonly Reader[] =>
  chunk.flatMap(step => {
    const inputs = findLatestAttempt(step)?.inputs ?? [];
    const ids = inputs.flatMap(({inputType = '', artifact}) => (joinedTypes.has(inputType) ? [artifact.id] : []));
    return ids.length === 0 ? [] : [{step, ids}];
  }),
);
