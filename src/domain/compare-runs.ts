import {isEqual} from './equality.js';
import {isJsonRecord, type Json, type JsonRecord} from './json.js';
import type {StatusInfo} from './status.js';

/** The parts of a run that are compared. */
export type ComparableRun = {
  readonly parameters: JsonRecord;
  readonly metadata: JsonRecord;
  readonly steps: readonly {
    readonly name: string;
    readonly status: StatusInfo | undefined;
    readonly durationMs: number | undefined;
  }[];
};

export type ComparedValue =
  | {readonly kind: 'json'; readonly value: Json}
  /** `status` is `undefined` for a step that did not start. */
  | {readonly kind: 'step'; readonly status: StatusInfo | undefined; readonly durationMs: number | undefined};

/** A value as it is in each of the runs; `undefined` if a run does not have it. */
export type ComparedRow = {
  readonly label: string;
  readonly values: readonly (ComparedValue | undefined)[];
  readonly isDifferent: boolean;
};

export type ComparedSection = {readonly title: string; readonly rows: readonly ComparedRow[]};

/** Parameters, metadata and steps of the runs side by side. Sections that are empty in all runs are left out. */
export const buildComparedSections = (runs: readonly ComparableRun[]): readonly ComparedSection[] =>
  [
    {title: 'parameters', rows: buildJsonRows(runs.map(({parameters}) => parameters))},
    {title: 'metadata', rows: buildJsonRows(runs.map(({metadata}) => metadata))},
    {title: 'steps', rows: buildStepRows(runs)},
  ].filter(({rows}) => rows.length > 0);

/** Nested values are compared one by one, as `optimizer.lr`, up to this number. */
const maxLeaves = 1000;
const maxDepth = 6;

const buildJsonRows = (records: readonly JsonRecord[]): readonly ComparedRow[] => {
  const leaves = records.map(record => new Map(flattenRecord(record, '', 0).slice(0, maxLeaves)));
  const labels = new Set(leaves.flatMap(each => [...each.keys()]));
  return [...labels].map(label =>
    buildRow(
      label,
      leaves.map(each => (each.has(label) ? {kind: 'json', value: each.get(label) ?? null} : undefined)),
    ),
  );
};

const flattenRecord = (record: JsonRecord, prefix: string, depth: number): readonly (readonly [string, Json])[] =>
  Object.entries(record).flatMap(([key, value]) =>
    isJsonRecord(value) && depth < maxDepth && Object.keys(value).length > 0
      ? flattenRecord(value, `${prefix}${key}.`, depth + 1)
      : [[`${prefix}${key}`, value] as const],
  );

/** Steps in the order of the run with the most steps, followed by those that it does not have. */
const buildStepRows = (runs: readonly ComparableRun[]): readonly ComparedRow[] => {
  const stepsByName = runs.map(({steps}) => new Map(steps.map(step => [step.name, step])));
  const longestFirst = [...stepsByName].sort((a, b) => b.size - a.size);
  const names = new Set(longestFirst.flatMap(steps => [...steps.keys()]));
  return [...names].map(name =>
    buildRow(
      name,
      stepsByName.map(steps => {
        const step = steps.get(name);
        return step && {kind: 'step', status: step.status, durationMs: step.durationMs};
      }),
    ),
  );
};

const buildRow = (label: string, values: ComparedRow['values']): ComparedRow => {
  const [first, ...others] = values;
  return {label, values, isDifferent: others.some(other => isDifferentValue(first, other))};
};

const isDifferentValue = (a: ComparedValue | undefined, b: ComparedValue | undefined): boolean => {
  if (a === undefined || b === undefined) {
    return a !== b;
  }

  if (a.kind === 'step' && b.kind === 'step') {
    return a.status?.statusWord !== b.status?.statusWord || isDifferentDuration(a.durationMs, b.durationMs);
  }

  return !isEqual(a, b);
};

/** Durations always vary; only a difference of at least a quarter and a second counts. */
const minRatio = 1.25;
const minDifferenceMs = 1000;

const isDifferentDuration = (a = 0, b = 0): boolean => {
  const [short, long] = a < b ? [a, b] : [b, a];
  return long - short >= minDifferenceMs && long >= short * minRatio;
};
