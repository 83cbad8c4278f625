import {computeMd5, computeSha256, deriveUuid} from '../derived-ids.js';
import type {JsonObject} from '../entity.js';
import {groupBy} from '../group-by.js';
import type {InputScript, OutputScript, StepScript} from '../script.js';
import {formatClassPath, getArtifactKind} from '../world/artifact-kinds.js';
import type {RunTimeline, StepRow} from '../world/model.js';
import {getRunSubstitutions} from '../world/run-names.js';
import {getUpstreamNames} from '../world/schedule.js';

/** The cache policy of a step whose author has not set one. */
const cachePolicy: JsonObject = {
  include_step_code: true,
  include_step_parameters: true,
  include_artifact_values: true,
  include_artifact_ids: true,
  ignored_inputs: null,
  file_dependencies: null,
  source_dependencies: null,
  cache_func: null,
  expires_after: null,
};

/** The parts of the code in the cache key: hashes of the step's source and of each materializer. */
export const buildCachingParameters = (step: StepScript): Record<string, string> => ({
  step_source: computeSha256(step.code),
  ...Object.fromEntries(
    (step.outputs ?? []).map(output => [
      `${output.name}_materializer_source`,
      computeMd5(formatClassPath(getArtifactKind(output.kind).materializer)),
    ]),
  ),
});

const buildOutputConfig = (output: OutputScript): JsonObject => ({
  materializer_source: [getArtifactKind(output.kind).materializer],
  default_materializer_source: null,
  artifact_config:
    output.name === 'output'
      ? null
      : {
          name: output.name,
          version: null,
          tags: null,
          run_metadata: null,
          artifact_type: null,
        },
});

export const buildFailureHookSource = (run: RunTimeline): JsonObject | null =>
  run.script.failureHook ? {...run.script.failureHook, type: 'user'} : null;

/** `metadata.config` of a step. */
export const buildStepConfig = (row: StepRow): JsonObject => {
  const {run, externalInputsByName} = row;
  const step = row.step.script;
  const external = [...externalInputsByName].map(([name, artifact]) => [name, {id: artifact.id}]);
  return {
    enable_cache: step.enableCache ?? null,
    enable_artifact_metadata: null,
    enable_artifact_visualization: null,
    enable_step_logs: null,
    step_operator: step.stepOperator ?? null,
    experiment_tracker: step.experimentTracker ?? null,
    parameters: step.parameters ?? {},
    settings: step.settings ?? {},
    environment: step.environment ?? {},
    secrets: step.secrets ?? [],
    extra: {},
    failure_hook_source: buildFailureHookSource(run),
    success_hook_source: null,
    start_hook_source: null,
    end_hook_source: null,
    model: null,
    retry: step.retry ?? null,
    substitutions: getRunSubstitutions(run),
    cache_policy: cachePolicy,
    runtime: step.runtime ?? null,
    heartbeat_healthy_threshold: step.heartbeatThreshold ?? 30,
    group: buildStepGroup(run, step),
    outputs: Object.fromEntries((step.outputs ?? []).map(output => [output.name, buildOutputConfig(output)])),
    name: step.function ?? step.name,
    step_type: null,
    template: null,
    caching_parameters: buildCachingParameters(step),
    external_input_artifacts: Object.fromEntries(external),
    model_artifacts_or_metadata: {},
    client_lazy_loaders: {},
    command: null,
  };
};

export const buildStepGroup = (run: RunTimeline, step: StepScript): JsonObject | null =>
  step.group ? {id: deriveUuid(run.id, 'group', step.group.name), name: step.group.name, type: step.group.type} : null;

const buildInputSpec = (input: Extract<InputScript, {readonly from: string}>): JsonObject => ({
  step_name: input.from,
  output_name: input.output,
  chunk_index: input.chunkIndex ?? null,
  chunk_size: input.chunkSize ?? null,
});

/** For each input an object, or a list if it reads several artifacts. */
const buildInputSpecs = (step: StepScript): JsonObject => {
  const linkedInputs = (step.inputs ?? []).filter(input => 'from' in input);
  const inputsByName = groupBy(linkedInputs, input => input.name);
  return Object.fromEntries(
    [...inputsByName].map(([name, inputs]) => {
      const specs = inputs.map(buildInputSpec);
      return [name, specs.length === 1 ? specs[0] : specs];
    }),
  );
};

const getJsonType = (value: unknown): string => {
  if (typeof value === 'boolean') {
    return 'boolean';
  }

  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }

  if (Array.isArray(value)) {
    return 'array';
  }

  return typeof value === 'string' ? 'string' : 'object';
};

const formatTitle = (name: string): string =>
  name
    .split('_')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** The JSON schema of the parameters, or `{}` for a step without parameters. */
const buildParameterSpec = (step: StepScript): JsonObject => {
  const parameters = Object.entries(step.parameters ?? {});
  if (parameters.length === 0) {
    return {};
  }

  const title = `${formatTitle(step.function ?? step.name).replaceAll(' ', '')}Parameters`;
  const properties = parameters.map(([name, value]) => [
    name,
    {default: value, title: formatTitle(name), type: getJsonType(value)},
  ]);
  return {additionalProperties: false, properties: Object.fromEntries(properties), title, type: 'object'};
};

/** `metadata.spec` of a step. */
export const buildStepSpec = (step: StepScript): JsonObject => ({
  source: {module: step.module, attribute: step.function ?? step.name, type: 'user'},
  upstream_steps: getUpstreamNames(step),
  inputs: buildInputSpecs(step),
  invocation_id: step.name,
  enable_heartbeat: step.heartbeatThreshold !== undefined,
  parameter_spec: buildParameterSpec(step),
});
