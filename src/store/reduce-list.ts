import type {Instant} from '../domain/instant.js';
import {phaseOf} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {stepNamed, stepsOf} from '../domain/step-table.js';
import type {ListAction} from './action.js';
import {layoutFor} from './layout.js';
import {groupIdOf, groupKey, type Rows, rowsFor, stepKey, stepNameOf} from './rows.js';
import type {List, Size, Watch} from './state.js';
import {windowOf} from './window.js';

const rowsOf = (watch: Watch): Rows => rowsFor(watch.table.structure, watch.list.openGroups);

export const reduceList = (watch: Watch, action: ListAction, now: Instant, pageLines: number): List => {
  const {list} = watch;
  switch (action.type) {
    case 'selection/moved':
      return moved(watch, action.by, now);

    case 'selection/paged':
      return moved(watch, action.pages * Math.max(1, pageLines - 1), now);

    case 'selection/jumped':
      return moved(watch, action.to === 'first' ? -Infinity : Infinity, now);

    case 'selection/set':
      return {...list, selected: action.key, isFollowing: false, movedAt: now};

    case 'following/toggled':
      return {...list, isFollowing: !list.isFollowing, movedAt: now};

    case 'group/toggled':
      return toggledGroup(watch, now);
  }
};

const moved = (watch: Watch, by: number, now: Instant): List => {
  const {rows, placeByKey} = rowsOf(watch);
  const place = placeByKey.get(watch.list.selected ?? '') ?? 0;
  const next = rows[Math.min(rows.length - 1, Math.max(0, place + by))];
  return next === undefined ? watch.list : {...watch.list, selected: next.key, isFollowing: false, movedAt: now};
};

/** Opens or closes the group that is selected, or that the selected step belongs to. */
const toggledGroup = (watch: Watch, now: Instant): List => {
  const {list, table} = watch;
  const name = stepNameOf(list.selected);
  const id = groupIdOf(list.selected) ?? (name === undefined ? undefined : stepNamed(table, name)?.group?.id);
  if (id === undefined) {
    return list;
  }

  const isOpen = list.openGroups.has(id);
  const openGroups = new Set(isOpen ? [...list.openGroups].filter(other => other !== id) : [...list.openGroups, id]);
  return {...list, openGroups, selected: groupKey(id), isFollowing: false, movedAt: now};
};

/**
 * The list made right again after anything changed: something is selected, it is what is followed while the reader has
 * not moved, and it is on the screen.
 */
export const settledList = (watch: Watch, size: Size, now: Instant): List => {
  const {rows, placeByKey} = rowsOf(watch);
  const {list} = watch;
  const isThere = list.selected !== undefined && placeByKey.has(list.selected);
  const selected = list.isFollowing
    ? followedKey(watch, placeByKey)
    : isThere
      ? list.selected
      : fallbackKey(watch, placeByKey);
  const hasFailed = watch.run?.status === 'failed';
  const layout = layoutFor({size, rowCount: rows.length, isPaneOpen: watch.pane.isOpen, hasFailed});
  const place = selected === undefined ? undefined : placeByKey.get(selected);
  const top = layout.list === undefined ? list.top : windowOf(place, list.top, rows.length, layout.list.height).top;
  return selected === list.selected && top === list.top
    ? list
    : {...list, selected, top, movedAt: selected === list.selected ? list.movedAt : now};
};

/** A step that went into a closed group is looked at through the group. */
const fallbackKey = (watch: Watch, placeByKey: Rows['placeByKey']): string | undefined => {
  const name = stepNameOf(watch.list.selected);
  const step = name === undefined ? undefined : stepNamed(watch.table, name);
  const key = step?.group && groupKey(step.group.id);
  return key !== undefined && placeByKey.has(key) ? key : placeByKey.keys().next().value;
};

/** The first failed step of a failed run, else a running step: the one already in view as long as it runs. */
const followedKey = (watch: Watch, placeByKey: Rows['placeByKey']): string | undefined => {
  const wanted = watch.run?.status === 'failed' ? 'failed' : 'active';
  const held = stepNameOf(watch.list.selected);
  const heldStep = held === undefined ? undefined : stepNamed(watch.table, held);
  const heldAttempt = heldStep && latestAttempt(heldStep);
  if (heldAttempt !== undefined && phaseOf(heldAttempt.status) === wanted) {
    return watch.list.selected;
  }

  for (const step of stepsOf(watch.table)) {
    const attempt = latestAttempt(step);
    if (attempt !== undefined && phaseOf(attempt.status) === wanted) {
      const key = stepKey(step.name);
      return placeByKey.has(key) || step.group === undefined ? key : groupKey(step.group.id);
    }
  }

  return watch.list.selected !== undefined && placeByKey.has(watch.list.selected)
    ? watch.list.selected
    : placeByKey.keys().next().value;
};
