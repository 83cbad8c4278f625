import type {JsonRecord} from './json.js';
import type {RetryConfig} from './retry.js';

/** What is part of the cache key of a step, and how long its outputs can be reused. */
export type CachePolicy = {
  readonly includesStepCode: boolean;
  readonly includesStepParameters: boolean;
  readonly includesArtifactValues: boolean;
  readonly includesArtifactIds: boolean;
  readonly ignoredInputs: readonly string[];
  readonly fileDependencies: readonly string[];
  readonly sourceDependencies: readonly string[];
  readonly cacheFunction: string | undefined;
  readonly expiresAfterSeconds: number | undefined;
};

/** A group of steps: the items of a `map`, or a group that the user defined. */
export type Group = {readonly id: string; readonly name: string; readonly type: string};

/** How a step was configured for a run. */
export type StepConfig = {
  readonly name: string | undefined;
  /** `undefined` if the pipeline's setting applies. */
  readonly isCacheEnabled: boolean | undefined;
  readonly parameters: JsonRecord;
  readonly retry: RetryConfig | undefined;
  readonly cachePolicy: CachePolicy | undefined;
  /** Other parts of the cache key: hashes of the code of the step (`step_source`) and of materializers, and what the user adds. */
  readonly cachingParameters: JsonRecord;
  readonly group: Group | undefined;
  readonly runtime: string | undefined;
  readonly stepOperator: string | undefined;
  readonly settings: JsonRecord;
  readonly environment: JsonRecord;
  readonly secretNames: readonly string[];
  /** The configured hooks: `failure_hook_source` → `module.function`. */
  readonly hooks: Readonly<Record<string, string>>;
  readonly outputMaterializers: Readonly<Record<string, readonly string[]>>;
  /** The whole configuration as the server sends it, for the Config tab. */
  readonly whole: JsonRecord;
};

/** An input as the pipeline defines it. */
export type SpecInput = {
  readonly name: string;
  /** The name of the step whose output it is. */
  readonly writer: string;
};

/** How the pipeline defines a step. */
export type StepSpec = {
  /** `module.attribute` of the step function. */
  readonly source: string | undefined;
  readonly upstream: readonly string[];
  readonly inputs: readonly SpecInput[];
};
