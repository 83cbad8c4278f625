import {readFileSync} from 'node:fs';

/** What stands at each path of an answer: `body.status` → `string`. A list's items share one path, `items[]`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** Objects whose keys are names of the user's things: the names of parameters, outputs, settings… become `*`. */
const objectsOfNames = [
  /(^|\.)(parameters|inputs|outputs|settings|environment|extra|caching_parameters|external_input_artifacts)$/,
  /(^|\.)run_metadata$/,
  /spec\.inputs$/,
  /parameter_spec\.properties$/,
  /(^|\.)configuration$/,
  /(client|orchestrator)_environment$/,
];

/** Values of the user, whatever they hold. */
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

const kindOf = (value: unknown): string => {
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
  shape.set(path, kinds.add(isOpen ? 'anything' : kindOf(value)));
  if (isOpen || typeof value !== 'object' || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    for (const each of value) {
      collect(each, `${path}[]`, shape);
    }
    return;
  }
  const isOfNames = objectsOfNames.some(pattern => pattern.test(path));
  for (const [key, each] of Object.entries(value)) {
    collect(each, `${path}${path ? '.' : ''}${isOfNames ? '*' : key}`, shape);
  }
};

/** The union of what stands where in several answers of one endpoint. */
export const shapeOf = (answers: readonly unknown[]): Shape => {
  const shape = new Map<string, Set<string>>();
  for (const answer of answers) {
    collect(answer, '', shape);
  }
  return shape;
};

export type Recording = {readonly request: string; readonly status: number; readonly body: unknown};

export const recorded = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`../fixtures/0.98.0/${name}.json`, import.meta.url), 'utf8')) as Recording;

/** `path: kind` of everything that `shape` has and `other` lacks, but for what matches one of `excuses`. */
export const surplusOf = (shape: Shape, other: Shape, excuses: readonly RegExp[]): string[] =>
  [...shape]
    .flatMap(([path, kinds]) => [...kinds].filter(kind => !other.get(path)?.has(kind)).map(kind => `${path}: ${kind}`))
    .filter(entry => !excuses.some(excuse => excuse.test(entry)));
