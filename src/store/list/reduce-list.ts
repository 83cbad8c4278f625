import {findStep} from '../../domain/step-table.js';
import type {ListAction} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import {getRows} from '../selectors.js';
import type {List} from './list.js';
import {reduceArrangement} from './reduce-arrangement.js';
import {getGroupRowKey, getStepRowKey, parseGroupRowKey, parseStepRowKey} from './rows.js';
import {extendTrail, withGroupToggled, withSelectedRow} from './selection.js';

export const reduceList = (watch: OpenRun, action: ListAction, pageLines: number): List => {
  const {list} = watch;
  switch (action.type) {
    case 'selection/moved':
      return moveListSelection(watch, action.by);

    case 'selection/paged':
      return moveListSelection(watch, action.pages * Math.max(1, pageLines - 1));

    case 'selection/jumped':
      return {...moveListSelection(watch, action.to === 'first' ? -Infinity : Infinity), trail: extendTrail(list)};

    case 'following/toggled':
      return {...list, isFollowing: !list.isFollowing};

    case 'group/toggled':
      return toggleGroup(watch);

    case 'step/followed':
      return followStep(watch, action.name);

    case 'step/returned':
      return returnToTrail(watch);

    case 'list/sorted':
    case 'list/reversed':
    case 'list/doneToggled':
    case 'list/cleared':
      return {...list, arrangement: reduceArrangement(list.arrangement, action), kept: undefined};
  }
};

const moveListSelection = (watch: OpenRun, by: number): List => {
  const {rows, placeByKey} = getRows(watch);
  const place = placeByKey.get(watch.list.selected ?? '') ?? 0;
  const next = rows[Math.min(rows.length - 1, Math.max(0, place + by))];
  return next === undefined ? watch.list : {...watch.list, selected: next.key, wanted: undefined, isFollowing: false};
};

/** The step with this name selected, its group unfolded for it. */
const followStep = (watch: OpenRun, name: string): List => {
  const {list, table} = watch;
  return findStep(table, name) === undefined || list.selected === undefined
    ? list
    : {...withSelectedRow(watch, getStepRowKey(name)), trail: extendTrail(list)};
};

const returnToTrail = (watch: OpenRun): List => {
  const {trail} = watch.list;
  const selected = trail.at(-1);
  return selected === undefined ? watch.list : {...withSelectedRow(watch, selected), trail: trail.slice(0, -1)};
};

/** Opens or closes the group that is selected, or that the selected step belongs to. */
const toggleGroup = (watch: OpenRun): List => {
  const {list, table} = watch;
  const name = parseStepRowKey(list.selected);
  const id = parseGroupRowKey(list.selected) ?? (name === undefined ? undefined : findStep(table, name)?.group?.id);
  if (id === undefined) {
    return list;
  }

  // A group of one has no row of its own.
  if (!getRows(watch).placeByKey.has(getGroupRowKey(id))) {
    return list;
  }

  return {...withGroupToggled(list, id), selected: getGroupRowKey(id), wanted: undefined, isFollowing: false};
};
