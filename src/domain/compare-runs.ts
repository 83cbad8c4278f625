import {isEqual} from './equality.js';
import {isJsonRecord, type Json, type JsonRecord} from './json.js';
import {adaptDagGroup, findMapGroup} from './map-items.js';
import type {StatusInfo} from './status.js';
import type {Group} from './step-config.js';
import {getUrgency} from './urgency.js';

/** The parts of a run that are compared. */
export type ComparableRun = {
  readonly parameters: JsonRecord;
  readonly metadata: JsonRecord;
  readonly steps: readonly {
    readonly name: string;
    readonly status: StatusInfo | undefined;
    readonly durationMs: number | undefined;
    readonly group?: Group | undefined;
  }[];
};

type ComparableStep = ComparableRun['steps'][number] & {
  /** How many steps a collapsed group stands for. */
  readonly itemCount?: number;
};

export type ComparedValue =
  | {readonly kind: 'json'; readonly value: Json}
  /** `status` is `undefined` for a step that has not started. Each of its parameters has this value, too. */
  | {
      readonly kind: 'step';
      readonly status: StatusInfo | undefined;
      /** Of a collapsed group: the sum of its steps. */
      readonly durationMs: number | undefined;
      /** How many steps the collapsed group has; `undefined` for a single step. */
      readonly itemCount?: number | undefined;
    };

/** A value as it is in each of the runs; `undefined` if a run does not have it. */
export type ComparedRow = {
  readonly label: string;
  readonly values: readonly (ComparedValue | undefined)[];
  readonly isDifferent: boolean;
};

export type ComparedSection = {readonly title: string; readonly rows: readonly ComparedRow[]};

/**
 * Parameters, metadata and steps of the runs side by side, groups of steps as one row each if they are collapsed. Sections that are
 * empty in all runs are left out.
 */
export const buildComparedSections = (
  runs: readonly ComparableRun[],
  areGroupsCollapsed = false,
): readonly ComparedSection[] =>
  [
    {title: 'parameters', rows: buildJsonRows(runs, 'parameters')},
    {title: 'metadata', rows: buildJsonRows(runs, 'metadata')},
    {title: 'steps', rows: buildStepRows(areGroupsCollapsed ? runs.map(collapseGroups) : runs.map(({steps}) => steps))},
  ].filter(({rows}) => rows.length > 0);

/**
 * At most this many parameters, and this many entries of the metadata, are compared of each run. Nested values, such as
 * `optimizer.lr`, count one by one.
 */
const maxLeaves = 1000;
/** Values nested more deeply than this are compared as a whole. */
const maxDepth = 6;

const buildJsonRows = (runs: readonly ComparableRun[], section: 'parameters' | 'metadata'): readonly ComparedRow[] => {
  const waiting = runs.map(findWaitingNames);
  const leaves = runs.map(run => new Map(flattenRecord(run[section], '', 0).slice(0, maxLeaves)));
  const labels = new Set(leaves.flatMap(each => [...each.keys()]));
  return [...labels].map(label =>
    buildRow(
      label,
      leaves.map((each, index): ComparedValue | undefined => {
        if (each.has(label)) {
          return {kind: 'json', value: each.get(label) ?? null};
        }

        const [stepName = '', key] = label.split('::');
        const isWaiting = key !== undefined && waiting[index]?.has(stepName) === true;
        return isWaiting ? {kind: 'step', status: undefined, durationMs: undefined} : undefined;
      }),
    ),
  );
};

/** The names of the steps that have not started: the server does not have the values of their parameters (`step::key`) yet. */
const findWaitingNames = ({steps}: ComparableRun): ReadonlySet<string> =>
  new Set(steps.filter(({status}) => status === undefined).map(({name}) => name));

const flattenRecord = (record: JsonRecord, prefix: string, depth: number): readonly (readonly [string, Json])[] =>
  Object.entries(record).flatMap(([key, value]) =>
    isJsonRecord(value) && depth < maxDepth && Object.keys(value).length > 0
      ? flattenRecord(value, `${prefix}${key}.`, depth + 1)
      : [[`${prefix}${key}`, value] as const],
  );

/** Each group as one step with the name of the group, the most urgent status, and the sum of the durations. */
const collapseGroups = ({steps}: ComparableRun): readonly ComparableStep[] => {
  const stepsByKey = new Map<string, ComparableStep>();
  for (const step of steps) {
    const group = adaptDagGroup(step.name, step.group) ?? findMapGroup(step.name);
    const key = group === undefined ? `step ${step.name}` : `group ${group.id}`;
    const before = stepsByKey.get(key);
    const durationMs = sumDurations(before?.durationMs, step.durationMs);
    const status = pickMoreUrgent(before?.status, step.status);
    stepsByKey.set(
      key,
      group === undefined ? step : {name: group.name, status, durationMs, itemCount: (before?.itemCount ?? 0) + 1},
    );
  }

  return [...stepsByKey.values()];
};

const sumDurations = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);

/** A smaller urgency is more urgent. */
const pickMoreUrgent = (one: StatusInfo | undefined, other: StatusInfo | undefined): StatusInfo | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : getUrgency(one.status) <= getUrgency(other.status)
      ? one
      : other;

/** Steps in the order of the run with the most steps, followed by those that it does not have. */
const buildStepRows = (stepsByRun: readonly (readonly ComparableStep[])[]): readonly ComparedRow[] => {
  const repeatedNames = findRepeatedNames(stepsByRun);
  const stepsByKey = stepsByRun.map(steps => indexSteps(steps, repeatedNames));
  const longestFirst = [...stepsByKey].sort((a, b) => b.size - a.size);
  const labelsByKey = new Map(longestFirst.flatMap(steps => [...steps].map(([key, {name}]) => [key, name] as const)));
  return [...labelsByKey].map(([key, label]) =>
    buildRow(
      label,
      stepsByKey.map(steps => {
        const step = steps.get(key);
        return step && {kind: 'step', status: step.status, durationMs: step.durationMs, itemCount: step.itemCount};
      }),
    ),
  );
};

/** The names that occur more than once in a run: those of groups, which other groups and a single step may have too. */
const findRepeatedNames = (stepsByRun: readonly (readonly ComparableStep[])[]): ReadonlySet<string> => {
  const repeatedNames = new Set<string>();
  for (const steps of stepsByRun) {
    const names = new Set<string>();
    for (const {name} of steps) {
      (names.has(name) ? repeatedNames : names).add(name);
    }
  }

  return repeatedNames;
};

/**
 * The steps of a run by a key that is the same in all runs. The IDs of groups are not, so groups of the same name are numbered. A
 * name that no run repeats is enough: a single step that has become a group is compared with it.
 */
const indexSteps = (
  steps: readonly ComparableStep[],
  repeatedNames: ReadonlySet<string>,
): ReadonlyMap<string, ComparableStep> => {
  const countsByKey = new Map<string, number>();
  return new Map(
    steps.map(step => {
      const kind = !repeatedNames.has(step.name) ? 'any' : step.itemCount === undefined ? 'step' : 'group';
      const key = `${kind} ${step.name}`;
      const count = (countsByKey.get(key) ?? 0) + 1;
      countsByKey.set(key, count);
      return [`${count} ${key}`, step];
    }),
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
    return (
      a.status?.statusWord !== b.status?.statusWord ||
      a.itemCount !== b.itemCount ||
      isDifferentDuration(a.durationMs, b.durationMs)
    );
  }

  return !isEqual(a, b);
};

/** Durations always vary: a difference counts only if it is at least one second, and the longer one at least a quarter longer. */
const minRatio = 1.25;
const minDifferenceMs = 1000;

/** An unknown duration counts as 0. */
const isDifferentDuration = (a = 0, b = 0): boolean => {
  const [short, long] = a < b ? [a, b] : [b, a];
  return long - short >= minDifferenceMs && long >= short * minRatio;
};
