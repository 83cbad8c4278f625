import type {StepDetail} from '../../domain/attempt.js';
import {isEnvironmentKey} from '../../domain/environment-variables.js';
import {isJsonList, isJsonRecord, type Json, type JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {getKeys, isScalar, isUnset} from '../json-parts.js';
import {ellipsis} from '../marks.js';

/** What users look for most comes first; other keys follow in the server's order. */
const keyOrder = [
  'parameters',
  'resources',
  'settings',
  'step_operator',
  'experiment_tracker',
  'source',
  'command',
  'model',
  'environment',
  'secrets',
  'substitutions',
  'retry',
  'enable_cache',
  'cache_policy',
];

/** The section that lists keys without a value. */
export const unsetName = 'not set';

/** The configuration of a step under the server's names, followed by what it can inherit from its pipeline. */
export const buildConfigRecord = ({config, spec}: StepDetail, run: Run | undefined): JsonRecord => {
  const {resources, ...settings} = config.settings;
  const step = sortKeys({
    ...simplifyConfig({
      ...config.whole,
      ...(resources === undefined ? {} : {resources}),
      ...(config.whole['settings'] === undefined ? {} : {settings}),
    }),
    source: spec.source ?? null,
  });
  const pipeline = run?.config === undefined ? {} : pickSet(sortKeys(simplifyConfig(run.config.whole)));
  return {
    ...pickSet(step),
    ...(isUnset(pipeline) ? {} : {pipeline}),
    ...pickUnset(step),
  };
};

/** The configuration of the pipeline of a run. */
export const buildRunConfigRecord = (run: Run): JsonRecord => {
  const config = sortKeys(simplifyConfig(run.config?.whole ?? {}));
  return {...pickSet(config), ...pickUnset(config)};
};

const sortKeys = (config: JsonRecord): JsonRecord => {
  const otherKeys = getKeys(config).filter(key => !keyOrder.includes(key));
  return Object.fromEntries(
    [...keyOrder.filter(key => Object.hasOwn(config, key)), ...otherKeys].map(key => [key, config[key] ?? null]),
  );
};

const pickSet = (config: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => !isUnset(value)));

const pickUnset = (config: JsonRecord): JsonRecord => {
  const unset = Object.entries(config).filter(([, value]) => isUnset(value));
  return unset.length === 0 ? {} : {[unsetName]: Object.fromEntries(unset)};
};

/** Records whose keys are names of parameters, inputs or outputs, so that `environment` has no special meaning in them. */
const userNamedRecords: ReadonlySet<string> = new Set([
  'parameters',
  'outputs',
  'external_input_artifacts',
  'model_artifacts_or_metadata',
  'client_lazy_loaders',
]);

/**
 * Shows environment variables without their values, which are often secret, and sources as import paths. Parameters stay as
 * they are; settings contain no sources.
 */
const simplifyConfig = (config: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const shown = userNamedRecords.has(key) ? value : keepVariableNames(key, value);
      return [key, key === 'parameters' || key === 'settings' ? shown : withImportPaths(shown, 0)];
    }),
  );

/** A part of a configuration, with the names of environment variables instead of their values wherever it nests them. */
const keepVariableNames = (key: string, value: Json): Json => {
  if (isScalar(value)) {
    return value;
  }

  if (isEnvironmentKey(key)) {
    return isJsonList(value) ? value.map(getVariableName) : getKeys(value);
  }

  return isJsonList(value)
    ? value.map(part => keepVariableNames('', part))
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, keepVariableNames(name, part)]));
};

/** The variable of `TOKEN=…` or of `{"name": "TOKEN", "value": …}`, as Docker and Kubernetes list them. */
const getVariableName = (variable: Json): Json => {
  if (isJsonRecord(variable)) {
    const {name} = variable;
    return typeof name === 'string' ? name : getKeys(variable);
  }

  return typeof variable === 'string' ? variable.replace(/=.*/s, '') : ellipsis;
};

/** Sources are never nested deeper than this. */
const maxSourceDepth = 5;

const withImportPaths = (value: Json, depth: number): Json => {
  if (isJsonList(value)) {
    return depth > maxSourceDepth ? value : value.map(part => withImportPaths(part, depth + 1));
  }

  if (!isJsonRecord(value) || depth > maxSourceDepth) {
    return value;
  }

  const {module, attribute} = value;
  return typeof module === 'string' && typeof attribute === 'string'
    ? `${module}.${attribute}`
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withImportPaths(part, depth + 1)]));
};
