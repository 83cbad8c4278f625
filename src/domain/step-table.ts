import type {StepStatus} from './status.js';
import {findLatestAttempt, type Step} from './step.js';

/** The number of steps by status; steps without a step run count as `waiting`. Statuses without steps are absent. */
export type StatusCounts = Readonly<Partial<Record<StepStatus, number>>>;

export type GroupMembers = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Indexes in the table, ascending. */
  readonly indexes: readonly number[];
};

/** Changes only when steps are added or join another group, not when a status changes. */
export type TableStructure = {
  readonly length: number;
  /** Shared with later tables, which only add to it: ignore an index that is not below `length`. */
  readonly indexByName: ReadonlyMap<string, number>;
  readonly groupsById: ReadonlyMap<string, GroupMembers>;
};

/**
 * The steps of a run in the order of the pipeline. A new table shares everything unchanged with the previous one, so that
 * merging a row costs the same for 14 steps and for 5,000.
 */
export type StepTable = {
  readonly structure: TableStructure;
  readonly chunks: readonly (readonly Step[])[];
  readonly counts: StatusCounts;
  readonly countsByGroup: ReadonlyMap<string, StatusCounts>;
};

/** Replacing a step copies one chunk and the list of chunks. */
export const stepsPerChunk = 64;

export const emptyStepTable: StepTable = {
  structure: {length: 0, indexByName: new Map(), groupsById: new Map()},
  chunks: [],
  counts: {},
  countsByGroup: new Map(),
};

export const findStepAt = (table: StepTable, index: number): Step | undefined =>
  table.chunks[Math.floor(index / stepsPerChunk)]?.[index % stepsPerChunk];

export const findStepIndex = (table: StepTable, name: string): number | undefined => {
  const index = table.structure.indexByName.get(name);
  return index !== undefined && index < table.structure.length ? index : undefined;
};

export const findStep = (table: StepTable, name: string): Step | undefined => {
  const index = findStepIndex(table, name);
  return index === undefined ? undefined : findStepAt(table, index);
};

export function* iterateSteps(table: StepTable): Generator<Step> {
  for (const chunk of table.chunks) {
    yield* chunk;
  }
}

/** How many steps have one of these statuses. */
export const countSteps = (counts: StatusCounts, ...statuses: readonly StepStatus[]): number =>
  statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

/** The status under which a step is counted. */
export const getCountedStatus = (step: Step): StepStatus => findLatestAttempt(step)?.status ?? 'waiting';
