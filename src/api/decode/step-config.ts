import type {JsonRecord} from '../../domain/json.js';
import type {RetryConfig} from '../../domain/retry.js';
import type {CachePolicy, Group, SpecInput, StepConfig, StepSpec} from '../../domain/step-config.js';
import {decodeJsonRecord} from './json.js';
import {decodeImportPath} from './source.js';
import {
  decodeBoolean,
  decodeCount,
  decodeEach,
  decodeNumber,
  decodeOneOrMany,
  decodeRecord,
  decodeWord,
  decodeWords,
  isRecord,
  removeDuplicates,
  type Wire,
} from './wire.js';

/** How often a step or all steps of a run are retried; `undefined` if that is not configured. */
export const decodeRetryConfig = (value: unknown): RetryConfig | undefined =>
  isRecord(value)
    ? {
        maxRetries: decodeCount(value['max_retries']) ?? 0,
        delaySeconds: decodeNumber(value['delay']) ?? 0,
        backoff: decodeNumber(value['backoff']) ?? 1,
      }
    : undefined;

/** The group that a step belongs to; `undefined` if it belongs to none. */
export const decodeGroup = (value: unknown): Group | undefined => {
  const id = decodeWord(decodeRecord(value)['id']);
  return id === undefined
    ? undefined
    : {id, name: decodeWord(decodeRecord(value)['name']) ?? id, type: decodeWord(decodeRecord(value)['type']) ?? ''};
};

/** A boolean option that a policy leaves out counts as true, which is the server's default. */
const decodeCachePolicy = (value: unknown): CachePolicy | undefined =>
  isRecord(value)
    ? {
        includesStepCode: decodeBoolean(value['include_step_code']) ?? true,
        includesStepParameters: decodeBoolean(value['include_step_parameters']) ?? true,
        includesArtifactValues: decodeBoolean(value['include_artifact_values']) ?? true,
        includesArtifactIds: decodeBoolean(value['include_artifact_ids']) ?? true,
        ignoredInputs: decodeWords(value['ignored_inputs']),
        fileDependencies: decodeWords(value['file_dependencies']),
        sourceDependencies: decodeImportPaths(value['source_dependencies']),
        cacheFunction: decodeImportPath(value['cache_func']),
        expiresAfterSeconds: decodeNumber(value['expires_after']),
      }
    : undefined;

const decodeImportPaths = (value: unknown): readonly string[] =>
  decodeOneOrMany(value).flatMap(each => decodeImportPath(each) ?? []);

/** The name of the step operator, or the text `'true'`, which stands for the one in the stack. */
const decodeStepOperator = (value: unknown): string | undefined =>
  decodeWord(value) ?? (value === true ? 'true' : undefined);

const decodeHooks = (config: Wire): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const path = key.endsWith('_hook_source') ? decodeImportPath(value) : undefined;
      return path === undefined ? [] : [[key, path]];
    }),
  );

const decodeMaterializers = (outputs: unknown): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(decodeRecord(outputs)).map(([name, output]) => [
      name,
      decodeImportPaths(decodeRecord(output)['materializer_source']),
    ]),
  );

export const decodeStepConfig = (value: unknown): StepConfig => {
  const secretNames = decodeWords(decodeRecord(value)['secrets']);
  // `decodeJsonRecord` removes them because of their key, but they are the names of secrets on the server, not their values.
  const whole: JsonRecord = {...decodeJsonRecord(value), ...(secretNames.length > 0 && {secrets: secretNames})};
  return {
    name: decodeWord(whole['name']),
    isCacheEnabled: decodeBoolean(whole['enable_cache']),
    parameters: decodeJsonRecord(whole['parameters']),
    retry: decodeRetryConfig(whole['retry']),
    cachePolicy: decodeCachePolicy(whole['cache_policy']),
    cachingParameters: decodeJsonRecord(whole['caching_parameters']),
    group: decodeGroup(whole['group']),
    runtime: decodeWord(whole['runtime']),
    stepOperator: decodeStepOperator(whole['step_operator']),
    settings: decodeJsonRecord(whole['settings']),
    environment: decodeJsonRecord(whole['environment']),
    secretNames,
    hooks: decodeHooks(whole),
    outputMaterializers: decodeMaterializers(whole['outputs']),
    whole,
  };
};

const decodeSpecInput =
  (name: string) =>
  (value: Wire): SpecInput | undefined => {
    const writer = decodeWord(value['step_name']);
    return writer === undefined ? undefined : {name, writer};
  };

export const decodeStepSpec = (value: unknown): StepSpec => {
  const spec = decodeRecord(value);
  return {
    source: decodeImportPath(spec['source']),
    upstream: removeDuplicates(decodeWords(spec['upstream_steps']), name => name),
    inputs: Object.entries(decodeRecord(spec['inputs'])).flatMap(([name, inputs]) =>
      decodeEach(decodeOneOrMany(inputs), decodeSpecInput(name)),
    ),
  };
};
