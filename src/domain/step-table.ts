import type {StepStatus} from './status.js';
import {findLatestAttempt, type Step} from './step.js';

/** How many steps have each status; those that have no step run count as `waiting`. Absent: none. */
export type StatusCounts = Readonly<Partial<Record<StepStatus, number>>>;

export type GroupMembers = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Places in the order of the table, ascending. */
  readonly indexes: readonly number[];
};

/** What changes only when steps are found or change places, never when one changes its status. */
export type TableStructure = {
  readonly length: number;
  /** Shared by later tables, which only add to it: trust an index below `length` alone. */
  readonly indexByName: ReadonlyMap<string, number>;
  readonly groupsById: ReadonlyMap<string, GroupMembers>;
};

/**
 * The steps of a run in the pipeline's order. A new table shares with the one before all that did not change, so that
 * bringing in one row costs the same for 14 steps and for 5,000.
 */
export type StepTable = {
  readonly structure: TableStructure;
  readonly chunks: readonly (readonly Step[])[];
  readonly counts: StatusCounts;
  readonly countsByGroup: ReadonlyMap<string, StatusCounts>;
};

/** Steps per chunk: replacing one copies this many references, and as many again for the list of chunks. */
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

export const countSteps = (counts: StatusCounts, ...statuses: readonly StepStatus[]): number =>
  statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

/** What a step counts as. */
export const getCountedStatus = (step: Step): StepStatus => findLatestAttempt(step)?.status ?? 'waiting';
