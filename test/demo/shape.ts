import {readFileSync} from 'node:fs';

/** The types of the values at each path of a response: `body.status` → `string`. The items of a list share the path `items[]`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** Objects whose keys are names chosen by the user, such as parameters or outputs. The keys become `*`. */
const objectsWithNames = [
  /(^|\.)(parameters|inputs|outputs|settings|environment|extra|caching_parameters|external_input_artifacts)$/,
  /(^|\.)run_metadata$/,
  /spec\.inputs$/,
  /parameter_spec\.properties$/,
  /(^|\.)configuration$/,
  /(client|orchestrator)_environment$/,
];

/** Values chosen by the user, of any type. */
const openValues = [
  /run_metadata\.\*$/,
  /settings\.\*$/,
  /parameters\.\*$/,
  /properties\.\*\.default$/,
  /extra\.\*$/,
  /configuration\.\*$/,
  /data_schema$/,
];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const naiveTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/;
const zonedTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/;

const getKind = (value: unknown): string => {
  if (value === null) {
    return 'null';
  }

  if (Array.isArray(value)) {
    return 'list';
  }

  if (typeof value !== 'string') {
    return typeof value;
  }

  if (uuid.test(value)) {
    return 'uuid';
  }

  if (naiveTime.test(value)) {
    return 'naive time';
  }

  return zonedTime.test(value) ? 'time with zone' : 'string';
};

const collect = (value: unknown, path: string, shape: Map<string, Set<string>>): void => {
  const isOpen = openValues.some(pattern => pattern.test(path));
  const kinds = shape.get(path) ?? new Set<string>();
  shape.set(path, kinds.add(isOpen ? 'anything' : getKind(value)));
  if (isOpen || typeof value !== 'object' || value === null) {
    return;
  }

  if (Array.isArray(value)) {
    for (const each of value) {
      collect(each, `${path}[]`, shape);
    }

    return;
  }

  const hasNamedKeys = objectsWithNames.some(pattern => pattern.test(path));
  for (const [key, each] of Object.entries(value)) {
    collect(each, `${path}${path ? '.' : ''}${hasNamedKeys ? '*' : key}`, shape);
  }
};

/** The combined shape of several responses of one endpoint. */
export const getShape = (responses: readonly unknown[]): Shape => {
  const shape = new Map<string, Set<string>>();
  for (const response of responses) {
    collect(response, '', shape);
  }

  return shape;
};

type RecordedResponse = {readonly request: string; readonly status: number; readonly body: unknown};

/** A response of a real server, from test/fixtures. */
export const readRecorded = (name: string): RecordedResponse =>
  JSON.parse(readFileSync(new URL(`../fixtures/0.98.0/${name}.json`, import.meta.url), 'utf8')) as RecordedResponse;

/** `path: type` for everything in `shape` that is not in `other`, except for what matches one of `excuses`. */
export const findSurplus = (shape: Shape, other: Shape, excuses: readonly RegExp[]): string[] =>
  [...shape]
    .flatMap(([path, kinds]) => [...kinds].filter(kind => !other.get(path)?.has(kind)).map(kind => `${path}: ${kind}`))
    .filter(entry => !excuses.some(excuse => excuse.test(entry)));
