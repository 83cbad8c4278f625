import {createHash} from 'node:crypto';
import {artifactKindFor, importPath} from './artifact-kinds.js';
import type {ArtifactRow} from './artifact-rows.js';
import {uuidFor} from './ids.js';
import type {InputScript} from './script.js';
import type {StepRow} from './timeline.js';
import {cachingParametersOf} from './wire-step-config.js';

/** What stood at an input of a row when it ran. */
export type InputRow = {readonly input: InputScript; readonly artifact: ArtifactRow};

/** The artifact versions a row reads, in the order of its inputs. An upstream step that wrote nothing leaves a gap. */
export const inputsOf = (row: StepRow): InputRow[] =>
  (row.step.script.inputs ?? []).flatMap(input => {
    const artifact =
      'from' in input
        ? row.run
            .rowsOf(input.from)
            .at(-1)
            ?.outputs.find(output => output.outputName === input.output)
        : row.externalInputs.get(input.name);
    return artifact ? [{input, artifact}] : [];
  });

/** As Python's `str` writes a parameter. */
const pythonText = (value: unknown): string => {
  if (value === null || value === undefined) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const sorted = (entries: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

const keysByRow = new WeakMap<StepRow, string>();

/**
 * The key under which a step's outputs can be found again: the project, the artifact store, the source, the parameters, the
 * inputs (their content if it is hashed, else their ids), the outputs' materializers, the code and the environment. A
 * skipped step has a random one.
 */
export const cacheKeyOf = (row: StepRow): string => {
  const known = keysByRow.get(row);
  if (known) {
    return known;
  }
  const key = row.step.script.servedFrom?.as === 'skipped' ? uuidFor(row.id, 'no key') : computeKey(row);
  keysByRow.set(row, key);
  return key;
};

const computeKey = (row: StepRow): string => {
  const {world} = row.run;
  const step = row.step.script;
  const hash = createHash('md5');
  const add = (...parts: readonly string[]): void => {
    for (const part of parts) {
      hash.update(part).update('\u0000');
    }
  };
  add(world.project.id, world.ids.artifactStore, world.script.stack.path);
  add(`${step.module}.${step.function ?? step.name}`);
  for (const [name, value] of sorted(step.parameters ?? {})) {
    add(name, pythonText(value));
  }
  for (const {input, artifact} of inputsOf(row)) {
    add(input.name, artifact.contentHash ?? artifact.id);
    if ('from' in input && input.chunkIndex !== undefined) {
      add(String(input.chunkIndex), String(input.chunkSize ?? 1));
    }
  }
  for (const output of step.outputs ?? []) {
    add(output.name, importPath(artifactKindFor(output.kind).materializer));
  }
  for (const [name, value] of sorted(cachingParametersOf(step))) {
    add(name, String(value));
  }
  for (const [name, value] of sorted(step.environment ?? {})) {
    add(name, String(value));
  }
  return hash.digest('hex');
};
