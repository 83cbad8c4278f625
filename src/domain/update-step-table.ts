import type {StepStatus} from './status.js';
import type {Step} from './step.js';
import type {Group} from './step-config.js';
import {
  emptyStepTable,
  findStep,
  findStepIndex,
  type GroupMembers,
  getCountedStatus,
  type StatusCounts,
  type StepTable,
  stepsPerChunk,
  type TableStructure,
} from './step-table.js';

/** Replaces the steps with the same names, and adds the others at the end. Returns the table itself if nothing changes. */
export const withSteps = (table: StepTable, steps: readonly Step[]): StepTable => {
  const changed = steps.filter(step => findStep(table, step.name) !== step);
  if (changed.length === 0) {
    return table;
  }

  const draft = createTableDraft(table);
  for (const step of changed) {
    putStep(draft, step);
  }

  const {structure, chunks, counts, countsByGroup} = draft;
  return {structure, chunks, counts, countsByGroup};
};

export const createStepTable = (steps: readonly Step[]): StepTable => withSteps(emptyStepTable, steps);

/** A table under construction. Parts of the previous table are copied before their first change, then changed in place. */
type TableDraft = {
  structure: TableStructure;
  chunks: (readonly Step[])[];
  counts: StatusCounts;
  countsByGroup: ReadonlyMap<string, StatusCounts>;
  readonly copied: Set<unknown>;
};

const createTableDraft = (table: StepTable): TableDraft => ({
  structure: table.structure,
  chunks: [...table.chunks],
  counts: table.counts,
  countsByGroup: table.countsByGroup,
  copied: new Set(),
});

/** Copies `value` unless the draft already owns it. */
const copyOnce = <T>(draft: TableDraft, value: T, copy: (value: T) => T): T => {
  if (draft.copied.has(value)) {
    return value;
  }

  const copied = copy(value);
  draft.copied.add(copied);
  return copied;
};

const putStep = (draft: TableDraft, step: Step): void => {
  const before = findStep(draft, step.name);
  const index = findStepIndex(draft, step.name) ?? draft.structure.length;
  const chunkIndex = Math.floor(index / stepsPerChunk);
  const chunk = copyOnce(draft, draft.chunks[chunkIndex] ?? [], known => [...known]) as Step[];
  chunk[index % stepsPerChunk] = step;
  draft.chunks[chunkIndex] = chunk;

  if (before === undefined) {
    addName(draft, step.name, index);
  }

  const from = before && getCountedStatus(before);
  const to = getCountedStatus(step);
  if (from !== to) {
    draft.counts = copyOnce(draft, draft.counts, known => ({...known}));
    updateCounts(draft.counts, from, to);
  }

  if (before?.group?.id === step.group?.id) {
    updateGroupCounts(draft, step.group, from, to);
    return;
  }

  moveToGroup(draft, index, before?.group, step.group);
  updateGroupCounts(draft, before?.group, from, undefined);
  updateGroupCounts(draft, step.group, undefined, to);
};

/** Adds the name to the index that all tables share, or to a copy of it if a later table has already added other names. */
const addName = (draft: TableDraft, name: string, index: number): void => {
  const {indexByName, length} = draft.structure;
  const canAppend = length > 0 && indexByName.size === length;
  const map = canAppend ? indexByName : new Map([...indexByName].filter(([, other]) => other < length));
  (map as Map<string, number>).set(name, index);
  draft.structure = {...draft.structure, indexByName: map, length: length + 1};
};

const moveToGroup = (draft: TableDraft, index: number, from: Group | undefined, to: Group | undefined): void => {
  const groupsById = copyOnce(draft, draft.structure.groupsById, known => new Map(known)) as Map<string, GroupMembers>;
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
    const indexes = copyOnce(draft, groupsById.get(id)?.indexes ?? [], known => [...known]) as number[];
    const last = indexes.at(-1) ?? -1;
    indexes.push(index);
    groupsById.set(id, {id, name, type, indexes});
    if (index < last) {
      indexes.sort((a, b) => a - b);
    }
  }

  draft.structure = {...draft.structure, groupsById};
};

const updateGroupCounts = (
  draft: TableDraft,
  group: Group | undefined,
  from: StepStatus | undefined,
  to: StepStatus | undefined,
): void => {
  if (group === undefined || from === to) {
    return;
  }

  const countsByGroup = copyOnce(draft, draft.countsByGroup, known => new Map(known)) as Map<string, StatusCounts>;
  const counts = copyOnce(draft, countsByGroup.get(group.id) ?? {}, known => ({...known}));
  updateCounts(counts, from, to);
  draft.countsByGroup = countsByGroup;
  if (Object.keys(counts).length === 0) {
    countsByGroup.delete(group.id);
  } else {
    countsByGroup.set(group.id, counts);
  }
};

/** Changes `counts`, which the draft must own, in place. */
const updateCounts = (counts: StatusCounts, from: StepStatus | undefined, to: StepStatus | undefined): void => {
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
