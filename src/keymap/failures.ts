import {placesOf} from '../domain/step-places.js';
import {stepAt} from '../domain/step-table.js';
import {groupKey, stepKey, stepNameOf} from '../store/rows.js';
import {rowsOf} from '../store/selectors.js';
import type {Watch} from '../store/watch.js';

/** Where a failed step stands in the list: on which line, and there on which place, for a folded group has many. */
type Stand = {readonly name: string; readonly line: number; readonly place: number};

/**
 * Name of the next (`by` 1) or the previous (`by` -1) step that failed, seen from the selected row and around the end, in
 * folded groups too; of those that are let through. `undefined`: there is none.
 */
export const failureFrom = (watch: Watch, by: 1 | -1): string | undefined => {
  const stands = placesOf(watch.table, 'failed')
    .flatMap(place => standOf(watch, place))
    .sort((one, other) => one.line - other.line || one.place - other.place);
  const here = selectedStand(watch);
  const next =
    by === 1
      ? stands.find(stand => isBehind(stand, here))
      : stands.findLast(stand => stand.name !== here.name && !isBehind(stand, here));
  return (next ?? stands.at(by === 1 ? 0 : -1))?.name;
};

const standOf = (watch: Watch, place: number): readonly Stand[] => {
  const step = stepAt(watch.table, place);
  if (step === undefined) {
    return [];
  }

  const {rows, placeByKey} = rowsOf(watch);
  const line = placeByKey.get(stepKey(step.name));
  if (line !== undefined) {
    return [{name: step.name, line, place}];
  }

  const ofGroup = placeByKey.get(groupKey(step.group?.id ?? ''));
  const row = ofGroup === undefined ? undefined : rows[ofGroup];
  const isMember = row?.kind === 'group' && (row.members?.includes(place) ?? true);
  return ofGroup === undefined || !isMember ? [] : [{name: step.name, line: ofGroup, place}];
};

/** A group stands before its steps. */
const selectedStand = (watch: Watch): Stand => {
  const key = watch.list.selected;
  const line = rowsOf(watch).placeByKey.get(key ?? '') ?? -1;
  const row = rowsOf(watch).rows[line];
  return {name: stepNameOf(key) ?? '', line, place: row?.kind === 'step' ? row.index : -1};
};

const isBehind = (one: Stand, other: Stand): boolean =>
  one.line > other.line || (one.line === other.line && one.place > other.place);
