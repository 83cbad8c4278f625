import type {StepStatus} from './status.js';
import type {Step} from './step.js';
import {latestAttempt} from './step.js';

/** How many steps have each status; those that have no step run count as `waiting`. Absent: none. */
export type Counts = Readonly<Partial<Record<StepStatus, number>>>;

export type GroupMembers = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Places in the order of the table, ascending. */
  readonly indexes: readonly number[];
};

/** What changes only when steps are found or change places, never when one changes its status. */
export type Structure = {
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
  readonly structure: Structure;
  readonly chunks: readonly (readonly Step[])[];
  readonly counts: Counts;
  readonly countsByGroup: ReadonlyMap<string, Counts>;
};

/** Steps per chunk: replacing one copies this many references, and as many again for the list of chunks. */
const chunkSize = 64;

export const emptyTable: StepTable = {
  structure: {length: 0, indexByName: new Map(), groupsById: new Map()},
  chunks: [],
  counts: {},
  countsByGroup: new Map(),
};

export const stepAt = (table: StepTable, index: number): Step | undefined =>
  table.chunks[Math.floor(index / chunkSize)]?.[index % chunkSize];

export const indexOfStep = (table: StepTable, name: string): number | undefined => {
  const index = table.structure.indexByName.get(name);
  return index !== undefined && index < table.structure.length ? index : undefined;
};

export const stepNamed = (table: StepTable, name: string): Step | undefined => {
  const index = indexOfStep(table, name);
  return index === undefined ? undefined : stepAt(table, index);
};

export function* stepsOf(table: StepTable): Generator<Step> {
  for (const chunk of table.chunks) {
    yield* chunk;
  }
}

export const countOf = (counts: Counts, ...statuses: readonly StepStatus[]): number =>
  statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

const statusForCount = (step: Step): StepStatus => latestAttempt(step)?.status ?? 'waiting';

const recount = (counts: Counts, from: StepStatus | undefined, to: StepStatus): Counts => {
  if (from === to) {
    return counts;
  }

  const next = {...counts, [to]: (counts[to] ?? 0) + 1};
  if (from !== undefined) {
    next[from] = (next[from] ?? 1) - 1;
    if (next[from] === 0) {
      delete next[from];
    }
  }

  return next;
};

/** The table with these steps put in the place of those with the same names, or at the end. */
export const withSteps = (table: StepTable, steps: readonly Step[]): StepTable => {
  const changed = steps.filter(step => stepNamed(table, step.name) !== step);
  if (changed.length === 0) {
    return table;
  }

  const draft = {...table, chunks: [...table.chunks]};
  const copiedChunks = new Set<number>();
  for (const step of changed) {
    put(draft, step, copiedChunks);
  }

  return draft;
};

type Draft = {
  structure: Structure;
  chunks: (readonly Step[])[];
  counts: Counts;
  countsByGroup: ReadonlyMap<string, Counts>;
};

const put = (draft: Draft, step: Step, copiedChunks: Set<number>): void => {
  const before = stepNamed(draft, step.name);
  const index = indexOfStep(draft, step.name) ?? draft.structure.length;
  const at = Math.floor(index / chunkSize);
  if (!copiedChunks.has(at)) {
    draft.chunks[at] = [...(draft.chunks[at] ?? [])];
    copiedChunks.add(at);
  }

  (draft.chunks[at] as Step[])[index % chunkSize] = step;
  const from = before && statusForCount(before);
  const to = statusForCount(step);
  draft.counts = recount(draft.counts, from, to);
  if (before === undefined || before.group?.id !== step.group?.id) {
    draft.structure = restructured(draft.structure, step, index, before === undefined);
  }

  if (step.group !== undefined) {
    const known = draft.countsByGroup.get(step.group.id) ?? {};
    const next = recount(known, before?.group?.id === step.group.id ? from : undefined, to);
    if (next !== known) {
      draft.countsByGroup = new Map(draft.countsByGroup).set(step.group.id, next);
    }
  }
};

const restructured = (structure: Structure, step: Step, index: number, isNew: boolean): Structure => {
  const indexByName = isNew ? appended(structure, step.name, index) : structure.indexByName;
  const length = isNew ? structure.length + 1 : structure.length;
  if (step.group === undefined) {
    return {...structure, indexByName, length};
  }

  const {id, name, type} = step.group;
  const members = structure.groupsById.get(id)?.indexes ?? [];
  const indexes = index > (members.at(-1) ?? -1) ? [...members, index] : [...members, index].sort((a, b) => a - b);
  return {length, indexByName, groupsById: new Map(structure.groupsById).set(id, {id, name, type, indexes})};
};

/** Adds to the shared index; a table that has been left behind and branches off gets an index of its own. */
const appended = (structure: Structure, name: string, index: number): ReadonlyMap<string, number> => {
  const isNewest = structure.indexByName.size === structure.length;
  const map = (isNewest ? structure.indexByName : own(structure)) as Map<string, number>;
  return map.set(name, index);
};

const own = (structure: Structure): Map<string, number> =>
  new Map([...structure.indexByName].filter(([, index]) => index < structure.length));

/** A table of these steps in this order. */
export const tableOf = (steps: readonly Step[]): StepTable => withSteps(fresh(), steps);

const fresh = (): StepTable => ({...emptyTable, structure: {...emptyTable.structure, indexByName: new Map()}});
