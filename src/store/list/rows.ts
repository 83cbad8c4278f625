import type {DagChildRun} from '../../domain/dag.js';
import {findMapIndex} from '../../domain/map-items.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {GroupMembers, TableStructure} from '../../domain/step-table.js';

/** A row of the list: the run itself, a step, a group of steps, or a child run. Its `key` never changes. */
export type Row =
  | {readonly kind: 'this-run'; readonly key: string}
  | {readonly kind: 'step'; readonly key: string; readonly index: number; readonly isInGroup: boolean}
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly groupId: string;
      readonly isOpen: boolean;
      /** Places in the table of those of its steps that are visible, ascending; `undefined` means all. */
      readonly members?: readonly number[] | undefined;
    }
  | {readonly kind: 'run'; readonly key: string; readonly child: DagChildRun};

export type Rows = {
  readonly rows: readonly Row[];
  readonly placeByKey: ReadonlyMap<string, number>;
  /** Steps hidden by a filter, or because they completed. */
  readonly hiddenCount: number;
};

export const getGroupRowKey = (groupId: string): string => `group:${groupId}`;
export const getStepRowKey = (name: string): string => `step:${name}`;
export const parseStepRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('step:') === true ? key.slice('step:'.length) : undefined;
export const parseGroupRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('group:') === true ? key.slice('group:'.length) : undefined;

/** A group with a single step says nothing that its step does not. */
const minGroupSize = 2;

/** Whether the group has a row of its own. The items of a `map` arrive one by one, so they are grouped from the first one. */
export const isShownAsGroup = ({type, indexes}: GroupMembers): boolean =>
  type === 'map' || indexes.length >= minGroupSize;

/** The rows of the list. They depend on which steps there are, not on their status. */
export const buildRows = memoizeLast((structure: TableStructure, openGroups: ReadonlySet<string>): Rows => {
  const names = [...structure.indexByName.keys()].slice(0, structure.length);
  const groupByIndex = new Map<number, GroupMembers>();
  for (const group of structure.groupsById.values()) {
    for (const index of isShownAsGroup(group) ? group.indexes : []) {
      groupByIndex.set(index, group);
    }
  }

  const rows: Row[] = [];
  const placed = new Set<GroupMembers>();
  names.forEach((name, index) => {
    const group = groupByIndex.get(index);
    if (group === undefined) {
      rows.push({kind: 'step', key: getStepRowKey(name), index, isInGroup: false});
    } else if (!placed.has(group)) {
      placed.add(group);
      const isOpen = openGroups.has(group.id);
      rows.push(
        {kind: 'group', key: getGroupRowKey(group.id), groupId: group.id, isOpen},
        ...(isOpen ? buildMemberRows(group, names) : []),
      );
    }
  });

  return {rows, placeByKey: new Map(rows.map((row, place) => [row.key, place])), hiddenCount: 0};
});

/** The items of a `map` by index, whenever they were seen first. */
const buildMemberRows = ({indexes, type}: GroupMembers, names: readonly string[]): readonly Row[] => {
  const getItem = (index: number): number => findMapIndex(names[index] ?? '') ?? 0;
  const sorted = type === 'map' ? indexes.toSorted((one, other) => getItem(one) - getItem(other)) : indexes;
  return sorted.map(index => ({kind: 'step', key: getStepRowKey(names[index] ?? ''), index, isInGroup: true}));
};
