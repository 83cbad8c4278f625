import {type Phase, phaseOf, statuses} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {type Counts, countOf, stepNamed, stepsOf} from '../domain/step-table.js';
import {layoutFor} from './layout.js';
import {groupIdOf, groupKey, type Rows, stepKey, stepNameOf} from './rows.js';
import {rowsOf} from './selectors.js';
import type {List, Size, Watch} from './state.js';
import {windowOf} from './window.js';

/**
 * The list made right again after anything changed: something is selected, it is what is followed while the reader has
 * not moved, and it is on the screen. `before` is the watch as it was, so that what did not change is not looked for again.
 */
export const settledList = (watch: Watch, before: Watch | undefined, size: Size): List => {
  const {rows, placeByKey} = rowsOf(watch);
  const {list} = watch;
  const selected = selectedKey(watch, before, placeByKey);
  const hasFailed = watch.run?.status === 'failed';
  const layout = layoutFor({size, rowCount: rows.length, isPaneOpen: watch.pane.isOpen, hasFailed});
  const place = selected === undefined ? undefined : placeByKey.get(selected);
  const top = layout.list === undefined ? list.top : windowOf(place, list.top, rows.length, layout.list.height).top;
  return selected === list.selected && top === list.top ? list : {...list, selected, top};
};

type PlaceByKey = Rows['placeByKey'];

const selectedKey = (watch: Watch, before: Watch | undefined, placeByKey: PlaceByKey): string | undefined => {
  const {list, table, run} = watch;
  const isThere = list.selected !== undefined && placeByKey.has(list.selected);
  const isSettled = before?.table === table && before.run === run && before.list.isFollowing === list.isFollowing;
  if (list.isFollowing && !(isThere && isSettled)) {
    return followedKey(watch, placeByKey) ?? keptKey(watch, placeByKey);
  }

  return keptKey(watch, placeByKey);
};

/** What was selected; a step that went into a closed group is looked at through the group. */
const keptKey = (watch: Watch, placeByKey: PlaceByKey): string | undefined => {
  const {selected} = watch.list;
  // Before the first steps are known nobody can say that it is not among them.
  if (selected !== undefined && (placeByKey.has(selected) || placeByKey.size === 0)) {
    return selected;
  }

  return (
    (selected !== undefined ? keyInGroup(watch, selected, placeByKey) : undefined) ?? placeByKey.keys().next().value
  );
};

const keyInGroup = (watch: Watch, key: string, placeByKey: PlaceByKey): string | undefined => {
  const group = stepNamed(watch.table, stepNameOf(key) ?? '')?.group;
  const ofGroup = group && groupKey(group.id);
  return ofGroup !== undefined && placeByKey.has(ofGroup) ? ofGroup : undefined;
};

/** The first failed step of a failed run, else a running step: the one already in view as long as it runs. */
const followedKey = (watch: Watch, placeByKey: PlaceByKey): string | undefined => {
  const wanted: Phase = watch.run?.status === 'failed' ? 'failed' : 'active';
  if (!hasPhase(watch.table.counts, wanted)) {
    return undefined;
  }

  if (isHeld(watch, wanted, placeByKey)) {
    return watch.list.selected;
  }

  for (const step of stepsOf(watch.table)) {
    const attempt = latestAttempt(step);
    if (attempt !== undefined && phaseOf(attempt.status) === wanted) {
      const key = stepKey(step.name);
      return placeByKey.has(key) ? key : keyInGroup(watch, key, placeByKey);
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
