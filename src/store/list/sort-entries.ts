import {getGroupDigest} from '../../domain/group-digest.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {findMapIndex} from '../../domain/map-items.js';
import {compareNaturally} from '../../domain/natural-order.js';
import {isReused} from '../../domain/status.js';
import {findLatestAttempt, getStepStatus} from '../../domain/step.js';
import {findStepAt, type StepTable} from '../../domain/step-table.js';
import {getMostUrgentStatus, getUrgency} from '../../domain/urgency.js';
import type {Arrangement, StepOrder} from './arrangement.js';

/** What has one row while all groups are closed: a step, or a group with its visible steps. */
export type Entry =
  | {readonly kind: 'step'; readonly index: number}
  | {readonly kind: 'group'; readonly groupId: string; readonly index: number; readonly members: readonly number[]};

export type Sorting = Pick<Arrangement, 'order' | 'isReversed' | 'asOf'> & {
  readonly table: StepTable;
  readonly isRunOver: boolean;
};

type SortValue = number | string | undefined;

/** The sort keys of steps and groups: smaller ones come first, and a step without one comes last. */
type Measure = {
  readonly getStepValue: (index: number, sorting: Sorting) => SortValue;
  readonly getGroupValue: (groupId: string, sorting: Sorting) => SortValue;
};

const measures: Readonly<Record<Exclude<StepOrder, 'pipeline'>, Measure>> = {
  duration: {
    getStepValue: (index, {table, asOf}) => negate(findStepDurationMs(table, index, asOf)),
    getGroupValue: (groupId, {table, asOf}) => negate(findGroupDurationMs(table, groupId, asOf)),
  },
  status: {
    getStepValue: (index, {table, isRunOver}) => {
      const step = findStepAt(table, index);
      return step && getUrgency(getStepStatus(step, isRunOver));
    },
    getGroupValue: (groupId, {table, isRunOver}) =>
      getUrgency(getMostUrgentStatus(table.countsByGroup.get(groupId) ?? {}, isRunOver)),
  },
  start: {
    getStepValue: (index, {table}) => negate(findStepAt(table, index)?.attempts[0]?.startedAt),
    getGroupValue: (groupId, {table}) => negate(getGroupDigest(table, groupId).startedAt),
  },
  name: {
    getStepValue: (index, {table}) => findStepAt(table, index)?.name,
    getGroupValue: (groupId, {table}) => table.structure.groupsById.get(groupId)?.name,
  },
};

const negate = (value: number | undefined): number | undefined => (value === undefined ? undefined : -value);

const findStepDurationMs = (table: StepTable, index: number, asOf: Instant): number | undefined => {
  const step = findStepAt(table, index);
  const attempt = step && findLatestAttempt(step);
  if (attempt === undefined) {
    return undefined;
  }

  return isReused(attempt.status) ? 0 : getElapsedMs(attempt, asOf);
};

const findGroupDurationMs = (table: StepTable, groupId: string, asOf: Instant): number | undefined => {
  const {startedAt, endedAt, active} = getGroupDigest(table, groupId);
  return getElapsedMs({startedAt, endedAt: active.length > 0 ? undefined : endedAt}, asOf);
};

/** Entries in the chosen order; equal ones stay in the pipeline's order. */
export const sortEntries = (entries: readonly Entry[], sorting: Sorting): readonly Entry[] => {
  const {order} = sorting;
  if (order === 'pipeline') {
    return sorting.isReversed ? entries.toReversed() : entries;
  }

  const {getStepValue, getGroupValue} = measures[order];
  return sortByMeasure(entries, sorting.isReversed, entry =>
    entry.kind === 'step' ? getStepValue(entry.index, sorting) : getGroupValue(entry.groupId, sorting),
  );
};

/** Sorts the items of a `map` by index, regardless of when they were first seen; leaves other steps as they are. */
const sortMapItems = (indexes: readonly number[], table: StepTable): readonly number[] => {
  const findItem = (index: number): number | undefined => findMapIndex(findStepAt(table, index)?.name ?? '');
  return indexes.every(index => findItem(index) !== undefined) ? sortByMeasure(indexes, false, findItem) : indexes;
};

/** The steps of a group in the chosen order. */
export const sortIndexes = (indexes: readonly number[], sorting: Sorting): readonly number[] => {
  const {order} = sorting;
  if (order === 'pipeline') {
    const sortedIndexes = sortMapItems(indexes, sorting.table);
    return sorting.isReversed ? sortedIndexes.toReversed() : sortedIndexes;
  }

  return sortByMeasure(indexes, sorting.isReversed, index => measures[order].getStepValue(index, sorting));
};

const compareValues = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareNaturally(String(a), String(b));

const sortByMeasure = <T>(all: readonly T[], isReversed: boolean, measure: (one: T) => SortValue): readonly T[] => {
  const sign = isReversed ? -1 : 1;
  return all
    .map(one => ({one, value: measure(one)}))
    .sort(({value: a}, {value: b}) =>
      a === undefined || b === undefined
        ? Number(a === undefined) - Number(b === undefined)
        : sign * compareValues(a, b),
    )
    .map(({one}) => one);
};
