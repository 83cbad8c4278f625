import {type Phase, phaseOf, statuses} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {firstPlaceOf, placesOf} from '../domain/step-places.js';
import {type Counts, countOf, indexOfStep, stepAt, stepNamed} from '../domain/step-table.js';
import {layoutFor} from './layout.js';
import {isArranged, isHiding} from './list/arrangement.js';
import type {List} from './list/list.js';
import {isTimed} from './list/step-test.js';
import {groupIdOf, groupKey, type Row, type Rows, stepKey, stepNameOf} from './rows.js';
import {rowsOf} from './selectors.js';
import {type State, serverNow} from './state.js';
import type {Watch} from './watch.js';
import {windowOf} from './window.js';

/**
 * The list made right again after anything changed: something is selected, it is what is followed while the reader has
 * not moved, and it is on the screen. `before` is the watch as it was, so that what did not change is not looked for again.
 */
export const settledList = (state: State, given: Watch, before: Watch | undefined): List => {
  const watch = compared(state, given);
  const chosen = withSelection(watch, before);
  const list = isSameList(chosen, watch.list) ? watch.list : chosen;
  const {rows, placeByKey} = rowsOf({...watch, list});
  const hasFailed = watch.run?.status === 'failed';
  const layout = layoutFor({size: state.size, rowCount: rows.length, isPaneOpen: watch.pane.isOpen, hasFailed});
  const place = list.selected === undefined ? undefined : placeByKey.get(list.selected);
  const top = layout.list === undefined ? list.top : windowOf(place, list.top, rows.length, layout.list.height).top;
  return top === list.top ? list : {...list, top};
};

/** How often what goes on is compared anew by how long it has taken, in milliseconds. */
const comparingMs = 5000;

const compared = (state: State, watch: Watch): Watch => {
  const {arrangement} = watch.list;
  const now = serverNow(state);
  return isTimed(watch) && Math.abs(now - arrangement.asOf) >= comparingMs
    ? {...watch, list: {...watch.list, arrangement: {...arrangement, asOf: now}}}
    : watch;
};

/** Whether what is shown must be looked at again though only time has gone by. */
export const isComparedAnew = (state: State, watch: Watch): boolean => compared(state, watch) !== watch;

const isSameList = (one: List, other: List): boolean =>
  one.selected === other.selected && one.wanted === other.wanted && one.kept === other.kept;

const withSelection = (watch: Watch, before: Watch | undefined): List => {
  const rows = rowsOf(watch);
  const {list} = watch;
  const followed = followedKey(watch, before, rows.placeByKey);
  const selected = followed ?? keptKey(watch, rows);
  return {
    ...list,
    selected,
    wanted: followed === undefined ? wantedStill(list, selected, rows) : undefined,
    kept: isArranged(list.arrangement) && rows.rows.length > 0 ? selected : undefined,
  };
};

/** What the reader chose, as long as the cursor only stands in for it. */
const wantedStill = (list: List, selected: string | undefined, {rows}: Rows): string | undefined => {
  const wish = list.wanted ?? list.selected;
  return wish === selected ? undefined : rows.length === 0 ? list.wanted : wish;
};

type PlaceByKey = Rows['placeByKey'];

/** What was chosen; where that is not to be seen, the group that it is in, or else what stands nearest to it. */
const keptKey = (watch: Watch, rows: Rows): string | undefined => {
  const {list} = watch;
  const {placeByKey} = rows;
  const wish = list.wanted ?? list.selected;
  // Before the first steps are known, or while nothing is let through, nobody can say what to select in its place.
  if (placeByKey.size === 0) {
    return list.selected;
  }

  if (wish !== undefined && placeByKey.has(wish)) {
    return wish;
  }

  return (
    (wish !== undefined ? (keyInGroup(watch, wish, placeByKey) ?? nearestKey(watch, wish, rows)) : undefined) ??
    placeByKey.keys().next().value
  );
};

const keyInGroup = (watch: Watch, key: string, placeByKey: PlaceByKey): string | undefined => {
  const group = stepNamed(watch.table, stepNameOf(key) ?? '')?.group;
  const ofGroup = group && groupKey(group.id);
  return ofGroup !== undefined && placeByKey.has(ofGroup) ? ofGroup : undefined;
};

/** Of the rows, the one with the first place in the pipeline behind that of a hidden one; else the last before it. */
const nearestKey = ({table}: Watch, key: string, {rows}: Rows): string | undefined => {
  const wanted =
    indexOfStep(table, stepNameOf(key) ?? '') ?? table.structure.groupsById.get(groupIdOf(key) ?? '')?.indexes[0];
  if (wanted === undefined) {
    return undefined;
  }

  let nearest: {readonly key: string; readonly distance: number} | undefined;
  for (const row of rows) {
    const place = placeIn(row, table.structure.length);
    // One that stands before it is taken only where none stands behind.
    const distance = place >= wanted ? place - wanted : table.structure.length + wanted - place;
    nearest = nearest === undefined || distance < nearest.distance ? {key: row.key, distance} : nearest;
  }

  return nearest?.key;
};

/** Where a row stands in the pipeline. Runs that were started stand behind all steps. */
const placeIn = (row: Row, stepCount: number): number => {
  switch (row.kind) {
    case 'step':
      return row.index;

    case 'group':
      return row.members?.[0] ?? 0;

    case 'run':
      return stepCount;
  }
};

/** While the reader has not moved: the first failed step of a failed run, else a running step; the same one as long as it runs. */
const followedKey = (watch: Watch, before: Watch | undefined, placeByKey: PlaceByKey): string | undefined => {
  const {list, table, run} = watch;
  if (!list.isFollowing) {
    return undefined;
  }

  const isThere = list.selected !== undefined && placeByKey.has(list.selected);
  const isSettled = before?.table === table && before.run === run && before.list.isFollowing === list.isFollowing;
  if (isThere && isSettled) {
    return undefined;
  }

  const wanted = run?.status === 'failed' ? 'failed' : 'active';
  return isHeld(watch, wanted, placeByKey) ? list.selected : firstKey(watch, wanted, placeByKey);
};

const firstKey = (watch: Watch, wanted: 'failed' | 'active', placeByKey: PlaceByKey): string | undefined => {
  const {table, list} = watch;
  const first = firstPlaceOf(table, wanted);
  const places = isHiding(list.arrangement) ? placesOf(table, wanted) : first === undefined ? [] : [first];
  for (const place of places) {
    const key = stepKey(stepAt(table, place)?.name ?? '');
    const shown = placeByKey.has(key) ? key : keyInGroup(watch, key, placeByKey);
    if (shown !== undefined) {
      return shown;
    }
  }

  return undefined;
};

const isHeld = (watch: Watch, wanted: Phase, placeByKey: PlaceByKey): boolean => {
  const {selected} = watch.list;
  if (selected === undefined || !placeByKey.has(selected)) {
    return false;
  }

  const groupId = groupIdOf(selected);
  if (groupId !== undefined) {
    return hasPhase(watch.table.countsByGroup.get(groupId) ?? {}, wanted);
  }

  const step = stepNamed(watch.table, stepNameOf(selected) ?? '');
  const attempt = step && latestAttempt(step);
  return attempt !== undefined && phaseOf(attempt.status) === wanted;
};

const hasPhase = (counts: Counts, phase: Phase): boolean =>
  countOf(counts, ...statuses.filter(status => phaseOf(status) === phase)) > 0 ||
  (phase === 'active' && countOf(counts, 'unknown') > 0);
