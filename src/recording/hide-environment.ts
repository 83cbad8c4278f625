import {isEnvironmentKey} from '../domain/environment-variables.js';
import {isJsonList, isJsonRecord, type Json, type JsonRecord} from '../domain/json.js';

/** Under these keys are values that users have supplied, and facts about machines: zentop shows all of them. */
const shownKeys: ReadonlySet<string> = new Set([
  'parameters',
  'caching_parameters',
  'run_metadata',
  'data_schema',
  'result',
  'client_environment',
  'orchestrator_environment',
]);

/** Under these keys are records whose own keys are names of steps, inputs, outputs or models, so that `environment` may be one. */
const keysOfRecordsByName: ReadonlySet<string> = new Set([
  'inputs',
  'outputs',
  'steps',
  'step_configurations',
  'step_upstreams',
  'external_input_artifacts',
  'model_artifacts_or_metadata',
  'client_lazy_loaders',
]);

/**
 * Returns a function that replaces the values of environment variables in response bodies, as in `{"REGION": "<value 1>"}`. Equal
 * values get the same number, so that a replay shows which variables differ between two attempts.
 */
export const createEnvironmentHider = (): ((body: Json) => Json) => {
  const numbers = new Map<string, number>();

  const hideValue = (value: Exclude<Json, null>): string => {
    const text = JSON.stringify(value);
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    return `<value ${number}>`;
  };

  const hideValues = (record: JsonRecord): JsonRecord =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === null ? null : hideValue(value)]));

  /** A variable in a list: `TOKEN=…` or `{"name": "TOKEN", "value": …}`. */
  const hideListedValue = (variable: Json): Json => {
    if (isJsonRecord(variable)) {
      const {name, ...others} = variable;
      return typeof name === 'string' ? {name, ...hideValues(others)} : hideValues(variable);
    }

    // A variable without a value is inherited from the machine; what is not a string is not a variable.
    const [name, value] = typeof variable === 'string' ? splitAssignment(variable) : [undefined, undefined];
    return name === undefined ? null : value === undefined ? name : `${name}=${hideValue(value)}`;
  };

  const hideIn = (body: Json, isInSettings: boolean): Json => {
    if (isJsonList(body)) {
      return body.map(part => hideIn(part, isInSettings));
    }

    return isJsonRecord(body)
      ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key, hideUnder(key, value, isInSettings)]))
      : body;
  };

  /** In settings, neither `shownKeys` nor `keysOfRecordsByName` applies: users do not choose the keys there. */
  const hideUnder = (key: string, value: Json, isInSettings: boolean): Json => {
    if (!isInSettings && shownKeys.has(key)) {
      return value;
    }

    if (!isInSettings && keysOfRecordsByName.has(key) && isJsonRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hideIn(each, false)]));
    }

    if (isEnvironmentKey(key)) {
      return isJsonList(value) ? value.map(hideListedValue) : isJsonRecord(value) ? hideValues(value) : value;
    }

    return hideIn(value, isInSettings || key === 'settings');
  };

  return body => hideIn(body, false);
};

const splitAssignment = (text: string): readonly [name: string, value: string | undefined] => {
  const end = text.indexOf('=');
  return end === -1 ? [text, undefined] : [text.slice(0, end), text.slice(end + 1)];
};
