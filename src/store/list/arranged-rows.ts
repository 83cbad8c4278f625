import {memoizeLast} from '../../domain/memoize.js';
import {findStepAt, type StepTable} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import {type Arrangement, isFiltering, isHidingSteps} from './arrangement.js';
import {getChunkFilter, getShownIndexes} from './chunk-filter.js';
import {
  getGroupRowKey,
  getStepRowKey,
  isShownAsGroup,
  parseGroupRowKey,
  parseStepRowKey,
  type Row,
  type Rows,
} from './rows.js';
import {type Entry, sortEntries, sortIndexes} from './sort-entries.js';

/** Larger groups stay closed even if the list is filtered. */
const maxOpenMembers = 200;

/** The rows of a list that is filtered, sorted, or without its successful steps. */
export const buildArrangedRows = (openRun: OpenRun): Rows => {
  const {table, list, overAt} = openRun;
  const {arrangement} = list;
  const indexes = getShownIndexes(table, getChunkFilter(openRun));
  const rows = buildFilteredRows(table, indexes, list.openIds, arrangement, overAt !== undefined);
  return list.keptKey === undefined || rows.indexByKey.has(list.keptKey)
    ? rows
    : buildRowsWithKept(table, indexes, list.openIds, arrangement, overAt !== undefined, list.keptKey);
};

type RowInputs = [
  table: StepTable,
  indexes: readonly number[],
  openIds: ReadonlySet<string>,
  arrangement: Arrangement,
  isRunOver: boolean,
];

const buildFilteredRows = memoizeLast(
  (...inputs: RowInputs): Rows => indexRows(inputs, layOutEntries(buildEntries(inputs[0], inputs[1]), ...inputs)),
);

/** The selected row no longer matches: it stays until the user moves on. */
const buildRowsWithKept = memoizeLast(
  (...[table, indexes, openIds, arrangement, isRunOver, kept]: [...RowInputs, string]) => {
    const inputs: RowInputs = [table, indexes, openIds, arrangement, isRunOver];
    const index = table.structure.indexByName.get(parseStepRowKey(kept) ?? '');
    const entries = buildEntries(
      table,
      index === undefined ? indexes : [...indexes, index].sort((one, other) => one - other),
    );
    const group = table.structure.groupsById.get(parseGroupRowKey(kept) ?? '');
    const groupEntries: readonly Entry[] =
      group === undefined ? [] : [{kind: 'group', groupId: group.id, index: group.indexes[0] ?? 0, members: []}];
    return indexRows(
      inputs,
      layOutEntries(
        [...entries, ...groupEntries].sort((one, other) => one.index - other.index),
        ...inputs,
      ),
    );
  },
);

const indexRows = ([table, indexes]: RowInputs, rows: readonly Row[]): Rows => ({
  rows,
  indexByKey: new Map(rows.map((row, index) => [row.key, index])),
  hiddenCount: table.structure.length - indexes.length,
});

const layOutEntries = (
  entries: readonly Entry[],
  ...[table, , openIds, arrangement, isRunOver]: RowInputs
): readonly Row[] => {
  const sorting = {...arrangement, table, isRunOver};
  return sortEntries(entries, sorting).flatMap((entry): readonly Row[] => {
    if (entry.kind === 'step') {
      return [buildStepRow(table, entry.index, false)];
    }

    const {groupId, members} = entry;
    const isOpen = isGroupOpen(groupId, members.length, openIds, arrangement);
    const visibleMembers = isHidingSteps(arrangement) ? members : undefined;
    const steps = isOpen ? sortIndexes(members, sorting).map(index => buildStepRow(table, index, true)) : [];
    return [{kind: 'group', key: getGroupRowKey(groupId), groupId, isOpen, members: visibleMembers}, ...steps];
  });
};

const buildStepRow = (table: StepTable, index: number, isInGroup: boolean): Row => ({
  kind: 'step',
  key: getStepRowKey(findStepAt(table, index)?.name ?? ''),
  index,
  isInGroup,
});

/** A group takes the place of the first of its visible steps. */
const buildEntries = (table: StepTable, indexes: readonly number[]): readonly Entry[] => {
  const entries: Entry[] = [];
  const membersByGroup = new Map<string, number[]>();
  for (const index of indexes) {
    const group = table.structure.groupsById.get(findStepAt(table, index)?.group?.id ?? '');
    if (group === undefined || !isShownAsGroup(group)) {
      entries.push({kind: 'step', index});
      continue;
    }

    const members = membersByGroup.get(group.id);
    if (members === undefined) {
      const first = [index];
      membersByGroup.set(group.id, first);
      entries.push({kind: 'group', groupId: group.id, index, members: first});
    } else {
      members.push(index);
    }
  }

  return entries;
};

/** Groups with matches are open, as long as that leaves room for others. */
export const isGroupOpen = (
  groupId: string,
  shownCount: number,
  openIds: ReadonlySet<string>,
  arrangement: Arrangement,
): boolean =>
  isFiltering(arrangement)
    ? (shownCount > 0 && shownCount <= maxOpenMembers) !== arrangement.toggledGroups.has(groupId)
    : openIds.has(groupId);
