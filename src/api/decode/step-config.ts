import type {JsonRecord} from '../../domain/json.js';
import type {RetryConfig} from '../../domain/retry.js';
import type {CachePolicy, Group, SpecInput, StepConfig, StepSpec} from '../../domain/step-config.js';
import {jsonRecord} from './json.js';
import {importPath} from './source.js';
import {count, eachOf, finite, isRecord, oneOrMany, record, uniqueBy, type Wire, word, words, yesOrNo} from './wire.js';

export const retryOf = (value: unknown): RetryConfig | undefined =>
  isRecord(value)
    ? {
        maxRetries: count(value['max_retries']) ?? 0,
        delaySeconds: finite(value['delay']) ?? 0,
        backoff: finite(value['backoff']) ?? 1,
      }
    : undefined;

export const groupOf = (value: unknown): Group | undefined => {
  const id = word(record(value)['id']);
  return id === undefined
    ? undefined
    : {id, name: word(record(value)['name']) ?? id, type: word(record(value)['type']) ?? ''};
};

/** What a policy leaves unsaid takes part in the cache key: that is the server's default. */
const cachePolicyOf = (value: unknown): CachePolicy | undefined =>
  isRecord(value)
    ? {
        includesStepCode: yesOrNo(value['include_step_code']) ?? true,
        includesStepParameters: yesOrNo(value['include_step_parameters']) ?? true,
        includesArtifactValues: yesOrNo(value['include_artifact_values']) ?? true,
        includesArtifactIds: yesOrNo(value['include_artifact_ids']) ?? true,
        ignoredInputs: words(value['ignored_inputs']),
        fileDependencies: words(value['file_dependencies']),
        sourceDependencies: importPaths(value['source_dependencies']),
        cacheFunction: importPath(value['cache_func']),
        expiresAfterSeconds: finite(value['expires_after']),
      }
    : undefined;

const importPaths = (value: unknown): readonly string[] => oneOrMany(value).flatMap(each => importPath(each) ?? []);

/** An operator or tracker by name; the server says `true` for the one of the stack. */
const componentOf = (value: unknown): string | undefined => word(value) ?? (value === true ? 'true' : undefined);

const hooksOf = (config: Wire): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const path = key.endsWith('_hook_source') ? importPath(value) : undefined;
      return path === undefined ? [] : [[key, path]];
    }),
  );

const materializersOf = (outputs: unknown): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(record(outputs)).map(([name, output]) => [name, importPaths(record(output)['materializer_source'])]),
  );

export const stepConfigOf = (value: unknown): StepConfig => {
  const secretNames = words(record(value)['secrets']);
  // They are names of what the server keeps, and nothing more.
  const whole: JsonRecord = {...jsonRecord(value), ...(secretNames.length > 0 && {secrets: secretNames})};
  return {
    name: word(whole['name']),
    isCacheEnabled: yesOrNo(whole['enable_cache']),
    parameters: jsonRecord(whole['parameters']),
    retry: retryOf(whole['retry']),
    cachePolicy: cachePolicyOf(whole['cache_policy']),
    cachingParameters: jsonRecord(whole['caching_parameters']),
    group: groupOf(whole['group']),
    runtime: word(whole['runtime']),
    stepOperator: componentOf(whole['step_operator']),
    experimentTracker: componentOf(whole['experiment_tracker']),
    settings: jsonRecord(whole['settings']),
    environment: jsonRecord(whole['environment']),
    secretNames,
    substitutions: jsonRecord(whole['substitutions']),
    hooks: hooksOf(whole),
    outputMaterializers: materializersOf(whole['outputs']),
    whole,
  };
};

const specInputOf =
  (name: string) =>
  (value: Wire): SpecInput | undefined => {
    const stepName = word(value['step_name']);
    const outputName = word(value['output_name']);
    return stepName === undefined || outputName === undefined
      ? undefined
      : {name, stepName, outputName, chunkIndex: count(value['chunk_index']), chunkSize: count(value['chunk_size'])};
  };

export const stepSpecOf = (value: unknown): StepSpec => {
  const spec = record(value);
  return {
    source: importPath(spec['source']),
    upstream: uniqueBy(words(spec['upstream_steps']), name => name),
    inputs: Object.entries(record(spec['inputs'])).flatMap(([name, inputs]) =>
      eachOf(oneOrMany(inputs), specInputOf(name)),
    ),
  };
};
