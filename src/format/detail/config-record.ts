import type {StepDetail} from '../../domain/attempt.js';
import type {Json, JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {isList, isRecord, isUnset, keysOf} from './json-parts.js';

/** What a reader looks for first comes first; what is not named here follows in the server's order. */
const order = [
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

/** The names of what is not set, in one fold. */
export const unsetName = 'not set';

/** The configuration of a step in the server's words, then what of its pipeline's it can inherit. */
export const configRecord = ({config, spec}: StepDetail, run: Run | undefined): JsonRecord => {
  const {resources, ...settings} = config.settings;
  const step = ordered({
    ...readable(config.whole),
    ...(resources === undefined ? {} : {resources}),
    ...(config.whole['settings'] === undefined ? {} : {settings}),
    source: spec.source ?? null,
  });
  const pipeline = run?.config === undefined ? {} : setOf(ordered(readable(run.config.whole)));
  return {
    ...setOf(step),
    ...(isUnset(pipeline) ? {} : {pipeline}),
    ...unsetOf(step),
  };
};

const ordered = (config: JsonRecord): JsonRecord => {
  const rest = keysOf(config).filter(key => !order.includes(key));
  return Object.fromEntries(
    [...order.filter(key => Object.hasOwn(config, key)), ...rest].map(key => [key, config[key] ?? null]),
  );
};

const setOf = (config: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => !isUnset(value)));

const unsetOf = (config: JsonRecord): JsonRecord => {
  const unset = Object.entries(config).filter(([, value]) => isUnset(value));
  return unset.length === 0 ? {} : {[unsetName]: Object.fromEntries(unset)};
};

/** Of the environment the names alone: what people put there is often meant for nobody's eyes. Code by its import path. */
const readable = (config: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key === 'environment' && isRecord(value)) {
        return [key, keysOf(value)];
      }

      return [key, key === 'parameters' || key === 'settings' ? value : withPaths(value, 0)];
    }),
  );

/** Sources lie no deeper than this in a configuration. */
const deepestSource = 5;

const withPaths = (value: Json, depth: number): Json => {
  if (isList(value)) {
    return depth > deepestSource ? value : value.map(part => withPaths(part, depth + 1));
  }

  if (!isRecord(value) || depth > deepestSource) {
    return value;
  }

  const {module, attribute} = value;
  return typeof module === 'string' && typeof attribute === 'string'
    ? `${module}.${attribute}`
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withPaths(part, depth + 1)]));
};
