import type {DagChildRun, DagStep} from '../../domain/dag.js';
import type {RunId} from '../../domain/ids.js';
import type {Question} from '../../domain/intervention/question.js';
import {findMapIndex} from '../../domain/map-items.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {GroupMembers, TableStructure} from '../../domain/step-table.js';

/**
 * A row of the list: the run itself, a step, a group of steps, a child run, one of its steps, or a question (a wait
 * condition). Its `key` identifies it, wherever it is in the list.
 */
export type Row =
  | {readonly kind: 'this-run'; readonly key: string}
  | {readonly kind: 'step'; readonly key: string; readonly index: number; readonly isInGroup: boolean}
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly groupId: string;
      readonly isOpen: boolean;
      /** Indexes in the table of those of its steps that are visible, ascending; `undefined` means all. */
      readonly members?: readonly number[] | undefined;
    }
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly child: DagChildRun;
      /** 0 for a run that a step of the open run started, 1 for a child of that, and so on. */
      readonly depth: number;
      /** Whether its steps are shown below it; `undefined` if they cannot be. */
      readonly isOpen: boolean | undefined;
    }
  | {
      readonly kind: 'child-step';
      readonly key: string;
      readonly runId: RunId;
      readonly step: DagStep;
      readonly depth: number;
    }
  | {readonly kind: 'question'; readonly key: string; readonly question: Question};

export type Rows = {
  readonly rows: readonly Row[];
  readonly indexByKey: ReadonlyMap<string, number>;
  /**
   * How many steps do not match the filter, or are hidden because they completed; includes one that is still shown because it is
   * selected.
   */
  readonly hiddenCount: number;
};

export const getGroupRowKey = (groupId: string): string => `group:${groupId}`;
export const getStepRowKey = (name: string): string => `step:${name}`;
/** The key of the row of a child run, by its ID or, if it has none, its name. */
export const getChildRunRowKey = (idOrName: string): string => `run:${idOrName}`;
export const parseStepRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('step:') === true ? key.slice('step:'.length) : undefined;
export const parseGroupRowKey = (key: string | undefined): string | undefined =>
  key?.startsWith('group:') === true ? key.slice('group:'.length) : undefined;

/** The child run that the row opens or closes: its own, or that of its step. `undefined` for other rows. */
export const findChildRunId = (row: Row): RunId | undefined =>
  row.kind === 'run' && row.isOpen !== undefined ? row.child.id : row.kind === 'child-step' ? row.runId : undefined;

/** A group with a single step would only repeat that step. */
const minGroupSize = 2;

/** Whether the group has a row of its own. The items of a `map` arrive one by one, so they are grouped from the first one. */
export const isShownAsGroup = ({type, indexes}: GroupMembers): boolean =>
  type === 'map' || indexes.length >= minGroupSize;

/** The rows of the list. They depend on which steps there are, not on their status. */
export const buildRows = memoizeLast((structure: TableStructure, openIds: ReadonlySet<string>): Rows => {
  // The map may already contain steps of a later table.
  const names = [...structure.indexByName.keys()].slice(0, structure.length);
  const groupByIndex = new Map<number, GroupMembers>();
  for (const group of structure.groupsById.values()) {
    for (const index of isShownAsGroup(group) ? group.indexes : []) {
      groupByIndex.set(index, group);
    }
  }

  const rows: Row[] = [];
  const placedGroups = new Set<GroupMembers>();
  names.forEach((name, index) => {
    const group = groupByIndex.get(index);
    if (group === undefined) {
      rows.push({kind: 'step', key: getStepRowKey(name), index, isInGroup: false});
    } else if (!placedGroups.has(group)) {
      placedGroups.add(group);
      const isOpen = openIds.has(group.id);
      rows.push(
        {kind: 'group', key: getGroupRowKey(group.id), groupId: group.id, isOpen},
        ...(isOpen ? buildMemberRows(group, names) : []),
      );
    }
  });

  return {rows, indexByKey: new Map(rows.map((row, index) => [row.key, index])), hiddenCount: 0};
});

/** The items of a `map` by index, no matter in which order they were first seen. */
const buildMemberRows = ({indexes, type}: GroupMembers, names: readonly string[]): readonly Row[] => {
  const getItem = (index: number): number => findMapIndex(names[index] ?? '') ?? 0;
  const sortedIndexes = type === 'map' ? indexes.toSorted((one, other) => getItem(one) - getItem(other)) : indexes;
  return sortedIndexes.map(index => ({kind: 'step', key: getStepRowKey(names[index] ?? ''), index, isInGroup: true}));
};
