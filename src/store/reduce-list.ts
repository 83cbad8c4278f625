import {stepNamed} from '../domain/step-table.js';
import type {ListAction} from './action.js';
import {groupIdOf, groupKey, stepKey, stepNameOf} from './rows.js';
import {rowsOf} from './selectors.js';
import type {List, Watch} from './state.js';

export const reduceList = (watch: Watch, action: ListAction, pageLines: number): List => {
  const {list} = watch;
  switch (action.type) {
    case 'selection/moved':
      return moved(watch, action.by);

    case 'selection/paged':
      return moved(watch, action.pages * Math.max(1, pageLines - 1));

    case 'selection/jumped':
      return moved(watch, action.to === 'first' ? -Infinity : Infinity);

    case 'selection/set':
      return {...list, selected: action.key, isFollowing: false};

    case 'following/toggled':
      return {...list, isFollowing: !list.isFollowing};

    case 'group/toggled':
      return toggledGroup(watch);

    case 'step/followed':
      return followed(watch, action.name);

    case 'step/returned':
      return returned(list);
  }
};

const moved = (watch: Watch, by: number): List => {
  const {rows, placeByKey} = rowsOf(watch);
  const place = placeByKey.get(watch.list.selected ?? '') ?? 0;
  const next = rows[Math.min(rows.length - 1, Math.max(0, place + by))];
  return next === undefined ? watch.list : {...watch.list, selected: next.key, isFollowing: false};
};

/** Steps back that are remembered. */
const longestTrail = 50;

/** The step with this name selected, its group unfolded for it. */
const followed = ({list, table}: Watch, name: string): List => {
  const step = stepNamed(table, name);
  if (step === undefined || list.selected === undefined) {
    return list;
  }

  const openGroups = step.group === undefined ? list.openGroups : new Set([...list.openGroups, step.group.id]);
  const trail = [...list.trail, list.selected].slice(-longestTrail);
  return {...list, openGroups, trail, selected: stepKey(name), isFollowing: false};
};

const returned = (list: List): List => {
  const selected = list.trail.at(-1);
  return selected === undefined ? list : {...list, selected, trail: list.trail.slice(0, -1), isFollowing: false};
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
  if (!list.openGroups.has(id) && !rowsOf(watch).placeByKey.has(groupKey(id))) {
    return list;
  }

  const isOpen = list.openGroups.has(id);
  const openGroups = new Set(isOpen ? [...list.openGroups].filter(other => other !== id) : [...list.openGroups, id]);
  return {...list, openGroups, selected: groupKey(id), isFollowing: false};
};
