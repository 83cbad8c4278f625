import {stepNamed} from '../domain/step-table.js';
import type {ListAction} from './action.js';
import type {List} from './list/list.js';
import {reduceArrangement} from './list/reduce-arrangement.js';
import {trailed, withSelected, withTurned} from './list/selection.js';
import {groupIdOf, groupKey, stepKey, stepNameOf} from './rows.js';
import {rowsOf} from './selectors.js';
import type {Watch} from './watch.js';

export const reduceList = (watch: Watch, action: ListAction, pageLines: number): List => {
  const {list} = watch;
  switch (action.type) {
    case 'selection/moved':
      return moved(watch, action.by);

    case 'selection/paged':
      return moved(watch, action.pages * Math.max(1, pageLines - 1));

    case 'selection/jumped':
      return {...moved(watch, action.to === 'first' ? -Infinity : Infinity), trail: trailed(list)};

    case 'selection/set':
      return {...list, selected: action.key, wanted: undefined, isFollowing: false};

    case 'following/toggled':
      return {...list, isFollowing: !list.isFollowing};

    case 'group/toggled':
      return toggledGroup(watch);

    case 'step/followed':
      return followed(watch, action.name);

    case 'step/returned':
      return returned(watch);

    case 'list/sorted':
    case 'list/reversed':
    case 'list/doneToggled':
    case 'list/cleared':
      return {...list, arrangement: reduceArrangement(list.arrangement, action), kept: undefined};
  }
};

const moved = (watch: Watch, by: number): List => {
  const {rows, placeByKey} = rowsOf(watch);
  const place = placeByKey.get(watch.list.selected ?? '') ?? 0;
  const next = rows[Math.min(rows.length - 1, Math.max(0, place + by))];
  return next === undefined ? watch.list : {...watch.list, selected: next.key, wanted: undefined, isFollowing: false};
};

/** The step with this name selected, its group unfolded for it. */
const followed = (watch: Watch, name: string): List => {
  const {list, table} = watch;
  return stepNamed(table, name) === undefined || list.selected === undefined
    ? list
    : {...withSelected(watch, stepKey(name)), trail: trailed(list)};
};

const returned = (watch: Watch): List => {
  const {trail} = watch.list;
  const selected = trail.at(-1);
  return selected === undefined ? watch.list : {...withSelected(watch, selected), trail: trail.slice(0, -1)};
};

/** Opens or closes the group that is selected, or that the selected step belongs to. */
const toggledGroup = (watch: Watch): List => {
  const {list, table} = watch;
  const name = stepNameOf(list.selected);
  const id = groupIdOf(list.selected) ?? (name === undefined ? undefined : stepNamed(table, name)?.group?.id);
  if (id === undefined) {
    return list;
  }

  // A group of one has no row of its own.
  if (!rowsOf(watch).placeByKey.has(groupKey(id))) {
    return list;
  }

  return {...withTurned(list, id), selected: groupKey(id), wanted: undefined, isFollowing: false};
};
