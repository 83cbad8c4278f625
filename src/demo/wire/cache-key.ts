import {createHash} from 'node:crypto';
import {deriveUuid} from '../derived-ids.js';
import type {InputScript} from '../script.js';
import {formatClassPath, getArtifactKind} from '../world/artifact-kinds.js';
import type {ArtifactRow, StepRow} from '../world/model.js';
import {buildCachingParameters} from './step-config.js';

/** An input of a row, and the artifact version that it reads. */
export type ResolvedInput = {readonly input: InputScript; readonly artifact: ArtifactRow};

/** The inputs of a row with the artifact versions that they read, in order. Inputs without one are left out. */
export const getResolvedInputs = (row: StepRow): ResolvedInput[] =>
  (row.step.script.inputs ?? []).flatMap(input => {
    const artifact =
      'from' in input
        ? row.run
            .getStepRows(input.from)
            .at(-1)
            ?.outputs.find(output => output.name === input.output)
        : row.externalInputsByName.get(input.name);
    return artifact ? [{input, artifact}] : [];
  });

/** A parameter as Python's `str` writes it, except that lists and dictionaries become JSON. */
const formatPythonValue = (value: unknown): string => {
  if (value === null || value === undefined) {
    return 'None';
  }

  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }

  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const sortEntriesByName = (entries: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

const cacheKeyByRow = new WeakMap<StepRow, string>();

/**
 * The cache key of a step, a hash of the project, the artifact store, the import path of the step, the parameters, the inputs
 * (their content hash or else their ID, and their chunks), the materializers of the outputs, the caching parameters, such as the
 * step's code, and the environment. The key of a skipped step matches no other, as on a real server.
 */
export const getCacheKey = (row: StepRow): string => {
  const known = cacheKeyByRow.get(row);
  if (known) {
    return known;
  }

  const key = row.step.script.reusedFrom?.as === 'skipped' ? deriveUuid(row.id, 'no key') : computeCacheKey(row);
  cacheKeyByRow.set(row, key);
  return key;
};

const computeCacheKey = (row: StepRow): string => {
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
  for (const [name, value] of sortEntriesByName(step.parameters ?? {})) {
    add(name, formatPythonValue(value));
  }

  for (const {input, artifact} of getResolvedInputs(row)) {
    add(input.name, artifact.contentHash ?? artifact.id);
    if ('from' in input && input.chunkIndex !== undefined) {
      add(String(input.chunkIndex), String(input.chunkSize ?? 1));
    }
  }

  for (const output of step.outputs ?? []) {
    add(output.name, formatClassPath(getArtifactKind(output.kind).materializer));
  }

  for (const [name, value] of sortEntriesByName(buildCachingParameters(step))) {
    add(name, String(value));
  }

  for (const [name, value] of sortEntriesByName(step.environment ?? {})) {
    add(name, String(value));
  }

  return hash.digest('hex');
};
