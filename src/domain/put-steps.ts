import type {StepStatus} from './status.js';
import type {Step} from './step.js';
import type {Group} from './step-config.js';
import {
  type Counts,
  chunkSize,
  emptyTable,
  type GroupMembers,
  indexOfStep,
  type StepTable,
  type Structure,
  statusForCount,
  stepNamed,
} from './step-table.js';

/** The table with these steps put in the place of those with the same names, or at the end. */
export const withSteps = (table: StepTable, steps: readonly Step[]): StepTable => {
  const changed = steps.filter(step => stepNamed(table, step.name) !== step);
  if (changed.length === 0) {
    return table;
  }

  const draft = draftOf(table);
  for (const step of changed) {
    put(draft, step);
  }

  const {structure, chunks, counts, countsByGroup} = draft;
  return {structure, chunks, counts, countsByGroup};
};

/** A table of these steps in this order. */
export const tableOf = (steps: readonly Step[]): StepTable => withSteps(emptyTable, steps);

/** The next table while it is put together. What a step changes is copied once, then changed in place. */
type Draft = {
  structure: Structure;
  chunks: (readonly Step[])[];
  counts: Counts;
  countsByGroup: ReadonlyMap<string, Counts>;
  readonly copied: Set<unknown>;
};

const draftOf = (table: StepTable): Draft => ({
  structure: table.structure,
  chunks: [...table.chunks],
  counts: table.counts,
  countsByGroup: table.countsByGroup,
  copied: new Set(),
});

/** `value` if this draft made it, else what `copy` makes of it. */
const own = <T>(draft: Draft, value: T, copy: (value: T) => T): T => {
  if (draft.copied.has(value)) {
    return value;
  }

  const copied = copy(value);
  draft.copied.add(copied);
  return copied;
};

const put = (draft: Draft, step: Step): void => {
  const before = stepNamed(draft, step.name);
  const index = indexOfStep(draft, step.name) ?? draft.structure.length;
  const at = Math.floor(index / chunkSize);
  const chunk = own(draft, draft.chunks[at] ?? [], known => [...known]) as Step[];
  chunk[index % chunkSize] = step;
  draft.chunks[at] = chunk;

  if (before === undefined) {
    addName(draft, step.name, index);
  }

  const from = before && statusForCount(before);
  const to = statusForCount(step);
  if (from !== to) {
    draft.counts = own(draft, draft.counts, known => ({...known}));
    recount(draft.counts, from, to);
  }

  if (before?.group?.id === step.group?.id) {
    countInGroup(draft, step.group, from, to);
    return;
  }

  moveGroup(draft, index, before?.group, step.group);
  countInGroup(draft, before?.group, from, undefined);
  countInGroup(draft, step.group, undefined, to);
};

/** Names are added to the index that tables share; one that was left behind and branches off gets its own. */
const addName = (draft: Draft, name: string, index: number): void => {
  const {indexByName, length} = draft.structure;
  const isShared = length > 0 && indexByName.size === length;
  const map = isShared ? indexByName : new Map([...indexByName].filter(([, place]) => place < length));
  (map as Map<string, number>).set(name, index);
  draft.structure = {...draft.structure, indexByName: map, length: length + 1};
};

const moveGroup = (draft: Draft, index: number, from: Group | undefined, to: Group | undefined): void => {
  const groupsById = own(draft, draft.structure.groupsById, known => new Map(known)) as Map<string, GroupMembers>;
  const members = from && groupsById.get(from.id);
  if (from !== undefined && members !== undefined) {
    const indexes = members.indexes.filter(other => other !== index);
    if (indexes.length === 0) {
      groupsById.delete(from.id);
    } else {
      groupsById.set(from.id, {...members, indexes});
    }
  }

  if (to !== undefined) {
    const {id, name, type} = to;
    const indexes = own(draft, groupsById.get(id)?.indexes ?? [], known => [...known]) as number[];
    const last = indexes.at(-1) ?? -1;
    indexes.push(index);
    groupsById.set(id, {id, name, type, indexes});
    if (index < last) {
      indexes.sort((a, b) => a - b);
    }
  }

  draft.structure = {...draft.structure, groupsById};
};

const countInGroup = (
  draft: Draft,
  group: Group | undefined,
  from: StepStatus | undefined,
  to: StepStatus | undefined,
): void => {
  if (group === undefined || from === to) {
    return;
  }

  const countsByGroup = own(draft, draft.countsByGroup, known => new Map(known)) as Map<string, Counts>;
  const counts = own(draft, countsByGroup.get(group.id) ?? {}, known => ({...known}));
  recount(counts, from, to);
  draft.countsByGroup = countsByGroup;
  if (Object.keys(counts).length === 0) {
    countsByGroup.delete(group.id);
  } else {
    countsByGroup.set(group.id, counts);
  }
};

/** Changes `counts`, which the draft made. */
const recount = (counts: Counts, from: StepStatus | undefined, to: StepStatus | undefined): void => {
  const ours = counts as Partial<Record<StepStatus, number>>;
  if (to !== undefined) {
    ours[to] = (ours[to] ?? 0) + 1;
  }

  if (from !== undefined) {
    ours[from] = (ours[from] ?? 1) - 1;
    if (ours[from] === 0) {
      delete ours[from];
    }
  }
};
