import {invertEdges} from '../../domain/graph/adjacency-lists.js';
import {memoize} from '../../domain/memoize.js';
import type {Step} from '../../domain/step.js';
import {findStep, findStepAt, findStepIndex, type GroupMembers, type StepTable} from '../../domain/step-table.js';
import type {Row} from '../list/rows.js';
import {getUpstreamIndexes} from './upstream-indexes.js';

/** A step upstream or downstream of another one; several steps of a group count as the group. */
export type Neighbor =
  | {readonly kind: 'step'; readonly step: Step}
  | {readonly kind: 'group'; readonly group: GroupMembers};

/** What a row follows directly, and what follows it, according to the server; the filter of the list does not matter. */
export type Neighbors = {readonly upstream: readonly Neighbor[]; readonly downstream: readonly Neighbor[]};

export const findNeighbors = (table: StepTable, row: Row): Neighbors => {
  const steps = listSteps(table, row);
  const names = new Set(steps.map(({name}) => name));
  const collect = (listNames: (step: Step) => readonly string[]): readonly Neighbor[] =>
    mergeGroupMembers(
      table,
      [...new Set(steps.flatMap(listNames))].filter(name => !names.has(name)),
    );
  const downstreamIndexes = getDownstreamIndexes(getUpstreamIndexes(table));
  const listFollowers = ({name}: Step): readonly string[] =>
    (downstreamIndexes[findStepIndex(table, name) ?? -1] ?? []).flatMap(index => findStepAt(table, index)?.name ?? []);
  return {
    upstream: collect(step => step.upstream),
    downstream: collect(listFollowers),
  };
};

const listSteps = (table: StepTable, row: Row): readonly Step[] => {
  const indexes =
    row.kind === 'step'
      ? [row.index]
      : row.kind === 'group'
        ? (table.structure.groupsById.get(row.groupId)?.indexes ?? [])
        : [];
  return indexes.flatMap(index => findStepAt(table, index) ?? []);
};

/** Computed again only when steps or edges change. */
const getDownstreamIndexes = memoize(invertEdges);

const mergeGroupMembers = (table: StepTable, names: readonly string[]): readonly Neighbor[] => {
  const countById = new Map<string, number>();
  const steps = names.flatMap(name => findStep(table, name) ?? []);
  for (const {group} of steps) {
    if (group !== undefined) {
      countById.set(group.id, (countById.get(group.id) ?? 0) + 1);
    }
  }

  const addedIds = new Set<string>();
  return steps.flatMap((step): readonly Neighbor[] => {
    const group = table.structure.groupsById.get(step.group?.id ?? '');
    if (group === undefined || (countById.get(group.id) ?? 0) < 2) {
      return [{kind: 'step', step}];
    }

    if (addedIds.has(group.id)) {
      return [];
    }

    addedIds.add(group.id);
    return [{kind: 'group', group}];
  });
};
