import {groupDigest} from '../../domain/group-digest.js';
import {elapsedMs, type Instant} from '../../domain/instant.js';
import {latestAttempt, stepStatus} from '../../domain/step.js';
import {type StepTable, stepAt} from '../../domain/step-table.js';
import {urgencyOf, worstStatus} from '../../domain/urgency.js';
import type {Arrangement, StepOrder} from './arrangement.js';

/** What is one line while all groups are closed: a step, or a group with those of its steps that are shown. */
export type Entry =
  | {readonly kind: 'step'; readonly place: number}
  | {readonly kind: 'group'; readonly groupId: string; readonly place: number; readonly members: readonly number[]};

export type Sorting = Pick<Arrangement, 'order' | 'isReversed' | 'asOf'> & {
  readonly table: StepTable;
  readonly isRunOver: boolean;
};

type Value = number | undefined;

/** Of steps and groups, what they are sorted by: the smaller comes first, what has none comes last. */
type Measure = {
  readonly ofStep: (place: number, sorting: Sorting) => Value;
  readonly ofGroup: (groupId: string, sorting: Sorting) => Value;
};

const measures: Readonly<Record<Exclude<StepOrder, 'pipeline'>, Measure>> = {
  duration: {
    ofStep: (place, {table, asOf}) => negative(durationOf(table, place, asOf)),
    ofGroup: (groupId, {table, asOf}) => negative(groupDurationOf(table, groupId, asOf)),
  },
  status: {
    ofStep: (place, {table, isRunOver}) => {
      const step = stepAt(table, place);
      return step && urgencyOf(stepStatus(step, isRunOver));
    },
    ofGroup: (groupId, {table, isRunOver}) => urgencyOf(worstStatus(table.countsByGroup.get(groupId) ?? {}, isRunOver)),
  },
  start: {
    ofStep: (place, {table}) => negative(stepAt(table, place)?.attempts[0]?.startedAt),
    ofGroup: (groupId, {table}) => negative(groupDigest(table, groupId).startedAt),
  },
};

const negative = (value: Value): Value => (value === undefined ? undefined : -value);

const durationOf = (table: StepTable, place: number, asOf: Instant): Value => {
  const step = stepAt(table, place);
  const attempt = step && latestAttempt(step);
  if (attempt === undefined) {
    return undefined;
  }

  return attempt.status === 'cached' || attempt.status === 'skipped' ? 0 : elapsedMs(attempt, asOf);
};

const groupDurationOf = (table: StepTable, groupId: string, asOf: Instant): Value => {
  const {startedAt, endedAt, active} = groupDigest(table, groupId);
  return elapsedMs({startedAt, endedAt: active.length > 0 ? undefined : endedAt}, asOf);
};

/** Entries in the order that is asked for; those that are alike stay as the pipeline has them. */
export const sortedEntries = (entries: readonly Entry[], sorting: Sorting): readonly Entry[] => {
  const {order} = sorting;
  if (order === 'pipeline') {
    return sorting.isReversed ? entries.toReversed() : entries;
  }

  const {ofStep, ofGroup} = measures[order];
  return sortedBy(entries, sorting.isReversed, entry =>
    entry.kind === 'step' ? ofStep(entry.place, sorting) : ofGroup(entry.groupId, sorting),
  );
};

/** The same for the steps of a group. */
export const sortedPlaces = (places: readonly number[], sorting: Sorting): readonly number[] => {
  const {order} = sorting;
  if (order === 'pipeline') {
    return sorting.isReversed ? places.toReversed() : places;
  }

  return sortedBy(places, sorting.isReversed, place => measures[order].ofStep(place, sorting));
};

const sortedBy = <T>(all: readonly T[], isReversed: boolean, measure: (one: T) => Value): readonly T[] => {
  const sign = isReversed ? -1 : 1;
  return all
    .map(one => ({one, value: measure(one)}))
    .sort(({value: a}, {value: b}) =>
      a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : sign * (a - b),
    )
    .map(({one}) => one);
};
