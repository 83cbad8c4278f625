import type {Json, JsonRecord} from './json.js';
import {isSame} from './same.js';
import type {Statused} from './status.js';

/** What is compared of a run. */
export type Comparable = {
  readonly parameters: JsonRecord;
  readonly metadata: JsonRecord;
  readonly steps: readonly {
    readonly name: string;
    readonly status: Statused | undefined;
    readonly durationMs: number | undefined;
  }[];
};

export type ComparedValue =
  | {readonly kind: 'json'; readonly value: Json}
  /** `status` is `undefined` for a step that did not start. */
  | {readonly kind: 'step'; readonly status: Statused | undefined; readonly durationMs: number | undefined};

/** One thing, as it is in each run; `undefined` where a run has none. */
export type ComparedRow = {
  readonly label: string;
  readonly values: readonly (ComparedValue | undefined)[];
  readonly isDifferent: boolean;
};

export type ComparedSection = {readonly title: string; readonly rows: readonly ComparedRow[]};

/** Parameters, what was logged, and steps of some runs side by side; nothing where no run has any. */
export const comparedSections = (runs: readonly Comparable[]): readonly ComparedSection[] =>
  [
    {title: 'parameters', rows: jsonRows(runs.map(({parameters}) => parameters))},
    {title: 'metadata', rows: jsonRows(runs.map(({metadata}) => metadata))},
    {title: 'steps', rows: stepRows(runs)},
  ].filter(({rows}) => rows.length > 0);

/** Leaves of records are compared one by one, as `optimizer.lr`; of so many at most. */
const mostLeaves = 1000;
const deepest = 6;

const jsonRows = (records: readonly JsonRecord[]): readonly ComparedRow[] => {
  const leaves = records.map(record => new Map(leavesOf(record, '', 0).slice(0, mostLeaves)));
  const labels = new Set(leaves.flatMap(each => [...each.keys()]));
  return [...labels].map(label =>
    rowOf(
      label,
      leaves.map(each => (each.has(label) ? {kind: 'json', value: each.get(label) ?? null} : undefined)),
    ),
  );
};

const isRecord = (value: Json): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const leavesOf = (record: JsonRecord, prefix: string, depth: number): readonly (readonly [string, Json])[] =>
  Object.entries(record).flatMap(([key, value]) =>
    isRecord(value) && depth < deepest && Object.keys(value).length > 0
      ? leavesOf(value, `${prefix}${key}.`, depth + 1)
      : [[`${prefix}${key}`, value] as const],
  );

/** Steps in the order of the run that has the most of them, those it has not behind. */
const stepRows = (runs: readonly Comparable[]): readonly ComparedRow[] => {
  const stepsByName = runs.map(({steps}) => new Map(steps.map(step => [step.name, step])));
  const longestFirst = [...stepsByName].sort((a, b) => b.size - a.size);
  const names = new Set(longestFirst.flatMap(steps => [...steps.keys()]));
  return [...names].map(name =>
    rowOf(
      name,
      stepsByName.map(steps => {
        const step = steps.get(name);
        return step && {kind: 'step', status: step.status, durationMs: step.durationMs};
      }),
    ),
  );
};

const rowOf = (label: string, values: ComparedRow['values']): ComparedRow => {
  const [first, ...others] = values;
  return {label, values, isDifferent: others.some(other => areDifferent(first, other))};
};

const areDifferent = (a: ComparedValue | undefined, b: ComparedValue | undefined): boolean => {
  if (a === undefined || b === undefined) {
    return a !== b;
  }

  if (a.kind === 'step' && b.kind === 'step') {
    return a.status?.statusWord !== b.status?.statusWord || isOtherDuration(a.durationMs, b.durationMs);
  }

  return !isSame(a, b);
};

/** Durations are never the same twice: a quarter more, and not by a moment alone, is worth a look. */
const leastShare = 1.25;
const leastMs = 1000;

const isOtherDuration = (a = 0, b = 0): boolean => {
  const [short, long] = a < b ? [a, b] : [b, a];
  return long - short >= leastMs && long >= short * leastShare;
};
