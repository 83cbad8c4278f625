import {rememberedLast} from '../../domain/remembered.js';
import {type StepTable, stepAt} from '../../domain/step-table.js';
import {groupIdOf, groupKey, type Row, type Rows, smallestFold, stepKey, stepNameOf} from '../rows.js';
import type {Watch} from '../watch.js';
import {type Arrangement, isFiltering, isHiding} from './arrangement.js';
import {type Entry, sortedEntries, sortedPlaces} from './sorted-entries.js';
import {chunkTest, shownPlaces} from './step-test.js';

/** Larger groups lie folded under a filter, too. */
const largestUnfolded = 200;

/** The rows of a list that the reader has filtered, sorted, or freed of what went well. */
export const arrangedRows = (watch: Watch): Rows => {
  const {table, list, overAt} = watch;
  const {arrangement} = list;
  const places = shownPlaces(table, chunkTest(watch));
  const rows = rowsOfPlaces(table, places, list.openGroups, arrangement, overAt !== undefined);
  return list.kept === undefined || rows.placeByKey.has(list.kept)
    ? rows
    : rowsWithKept(table, places, list.openGroups, arrangement, overAt !== undefined, list.kept);
};

type Parts = [
  table: StepTable,
  places: readonly number[],
  openGroups: ReadonlySet<string>,
  arrangement: Arrangement,
  isRunOver: boolean,
];

const rowsOfPlaces = rememberedLast(
  (...parts: Parts): Rows => withHidden(parts, laidOut(entriesOf(parts[0], parts[1]), ...parts)),
);

/** The cursor stands on something that is let through no more: it stays there until the reader moves on. */
const rowsWithKept = rememberedLast(
  (...[table, places, openGroups, arrangement, isRunOver, kept]: [...Parts, string]) => {
    const parts: Parts = [table, places, openGroups, arrangement, isRunOver];
    const place = table.structure.indexByName.get(stepNameOf(kept) ?? '');
    const entries = entriesOf(
      table,
      place === undefined ? places : [...places, place].sort((one, other) => one - other),
    );
    const group = table.structure.groupsById.get(groupIdOf(kept) ?? '');
    const ofGroup: readonly Entry[] =
      group === undefined ? [] : [{kind: 'group', groupId: group.id, place: group.indexes[0] ?? 0, members: []}];
    return withHidden(
      parts,
      laidOut(
        [...entries, ...ofGroup].sort((one, other) => one.place - other.place),
        ...parts,
      ),
    );
  },
);

const withHidden = ([table, places]: Parts, rows: readonly Row[]): Rows => ({
  rows,
  placeByKey: new Map(rows.map((row, place) => [row.key, place])),
  hiddenCount: table.structure.length - places.length,
});

const laidOut = (
  entries: readonly Entry[],
  ...[table, , openGroups, arrangement, isRunOver]: Parts
): readonly Row[] => {
  const sorting = {...arrangement, table, isRunOver};
  return sortedEntries(entries, sorting).flatMap((entry): readonly Row[] => {
    if (entry.kind === 'step') {
      return [stepRow(table, entry.place, false)];
    }

    const {groupId, members} = entry;
    const isOpen = isGroupOpen(groupId, members.length, openGroups, arrangement);
    const shown = isHiding(arrangement) ? members : undefined;
    const steps = isOpen ? sortedPlaces(members, sorting).map(place => stepRow(table, place, true)) : [];
    return [{kind: 'group', key: groupKey(groupId), groupId, isOpen, members: shown}, ...steps];
  });
};

const stepRow = (table: StepTable, place: number, isInGroup: boolean): Row => ({
  kind: 'step',
  key: stepKey(stepAt(table, place)?.name ?? ''),
  index: place,
  isInGroup,
});

/** A group stands where the first of its steps does that are shown. */
const entriesOf = (table: StepTable, places: readonly number[]): readonly Entry[] => {
  const entries: Entry[] = [];
  const membersByGroup = new Map<string, number[]>();
  for (const place of places) {
    const group = table.structure.groupsById.get(stepAt(table, place)?.group?.id ?? '');
    if (group === undefined || group.indexes.length < smallestFold) {
      entries.push({kind: 'step', place});
      continue;
    }

    const members = membersByGroup.get(group.id);
    if (members === undefined) {
      const first = [place];
      membersByGroup.set(group.id, first);
      entries.push({kind: 'group', groupId: group.id, place, members: first});
    } else {
      members.push(place);
    }
  }

  return entries;
};

/** What a filter has found lies open, as far as that leaves something else to be seen. */
export const isGroupOpen = (
  groupId: string,
  shownCount: number,
  openGroups: ReadonlySet<string>,
  arrangement: Arrangement,
): boolean =>
  isFiltering(arrangement)
    ? (shownCount > 0 && shownCount <= largestUnfolded) !== arrangement.turnedGroups.has(groupId)
    : openGroups.has(groupId);
