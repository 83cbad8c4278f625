import type {DagChildRun} from '../../domain/dag.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {GroupMembers, TableStructure} from '../../domain/step-table.js';

/** A line of the list: a step, a group of steps that belong together, or a run that this one started. `key` names it for good. */
export type Row =
  | {readonly kind: 'step'; readonly key: string; readonly index: number; readonly isInGroup: boolean}
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly groupId: string;
      readonly isOpen: boolean;
      /** Places in the table of those of its steps that are shown, ascending; `undefined`: of all. */
      readonly members?: readonly number[] | undefined;
    }
  | {readonly kind: 'run'; readonly key: string; readonly child: DagChildRun};

export type Rows = {
  readonly rows: readonly Row[];
  readonly placeByKey: ReadonlyMap<string, number>;
  /** Steps that a filter, or the reader's wish to see no more of what is done, takes out of the list. */
  readonly hiddenCount: number;
};

export const getGroupRowKey = (groupId: string): string => `group:${groupId}`;
export const getStepRowKey = (name: string): string => `step:${name}`;
export const parseStepRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('step:') === true ? key.slice('step:'.length) : undefined;
export const parseGroupRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('group:') === true ? key.slice('group:'.length) : undefined;

/** A group of one says nothing that its step does not. */
export const minGroupSize = 2;

/** The rows of the list. They depend on what steps there are, not on how they are doing. */
export const buildRows = memoizeLast((structure: TableStructure, openGroups: ReadonlySet<string>): Rows => {
  const names = [...structure.indexByName.keys()].slice(0, structure.length);
  const groupByIndex = new Map<number, GroupMembers>();
  for (const group of structure.groupsById.values()) {
    for (const index of group.indexes.length >= minGroupSize ? group.indexes : []) {
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

const buildMemberRows = ({indexes}: GroupMembers, names: readonly string[]): readonly Row[] =>
  indexes.map(index => ({kind: 'step', key: getStepRowKey(names[index] ?? ''), index, isInGroup: true}));
