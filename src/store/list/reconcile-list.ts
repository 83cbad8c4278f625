import type {DagChildRun} from '../../domain/dag.js';
import {getPhase, type Phase, statuses} from '../../domain/status.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findFirstStepIndex, findStepIndexes} from '../../domain/step-indexes.js';
import {
  countSteps,
  findStep,
  findStepAt,
  findStepIndex,
  type StatusCounts,
  type StepTable,
} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import {getRows, selectServerNow} from '../selectors.js';
import type {State} from '../state.js';
import {layOutRunScreen} from '../ui/layout.js';
import {getVisibleRange} from '../ui/visible-range.js';
import {isArranged, isHidingSteps} from './arrangement.js';
import {getChildRowKey} from './child-rows.js';
import {isTimeDependent} from './chunk-filter.js';
import type {List} from './list.js';
import {getGroupRowKey, getStepRowKey, parseGroupRowKey, parseStepRowKey, type Row, type Rows} from './rows.js';
import {findTopRowKey, runRowKey} from './run-row.js';

/**
 * The list made consistent after any change: a row is selected, it is the one to follow while the user has not
 * moved, and it is on the screen. `before` is the open run as it was, so that nothing unchanged is looked up again.
 */
export const reconcileList = (state: State, after: OpenRun, before: OpenRun | undefined): List => {
  const openRun = withResort(state, after);
  const nextList = withSelection(openRun, before);
  const list = isSameList(nextList, openRun.list) ? openRun.list : nextList;
  const {rows, indexByKey} = getRows({...openRun, list});
  const hasFailed = openRun.run?.status === 'failed';
  const layout = layOutRunScreen({
    size: state.size,
    rowCount: rows.length,
    isPaneOpen: openRun.pane.isOpen,
    hasFailed,
    isTimelineShown: openRun.timeline.isShown,
    isGraphShown: openRun.graph.isShown,
  });
  const index = list.selectedKey === undefined ? undefined : indexByKey.get(list.selectedKey);
  const top =
    layout.list === undefined
      ? list.top
      : getVisibleRange(isFirstStep(rows, index) ? 0 : index, list.top, rows.length, layout.list.height).top;
  return top === list.top ? list : {...list, top};
};

/** Whether the row is that of the first step: while it is selected, the row of the run above it is on the screen, too. */
const isFirstStep = (rows: readonly Row[], index: number | undefined): boolean =>
  index === 1 && rows[0]?.kind === 'this-run';

/** How often running steps are compared by duration, in milliseconds. */
const resortIntervalMs = 5000;

const withResort = (state: State, openRun: OpenRun): OpenRun => {
  const {arrangement} = openRun.list;
  const now = selectServerNow(state);
  return isTimeDependent(openRun) && Math.abs(now - arrangement.asOf) >= resortIntervalMs
    ? {...openRun, list: {...openRun.list, arrangement: {...arrangement, asOf: now}}}
    : openRun;
};

/** Whether the visible rows must be recomputed even though only time has passed. */
export const shouldResort = (state: State, openRun: OpenRun): boolean => withResort(state, openRun) !== openRun;

const isSameList = (one: List, other: List): boolean =>
  one.selectedKey === other.selectedKey && one.wantedKey === other.wantedKey && one.keptKey === other.keptKey;

const withSelection = (openRun: OpenRun, before: OpenRun | undefined): List => {
  const rows = getRows(openRun);
  const {list} = openRun;
  const followedKey = findFollowedKey(openRun, before, rows.indexByKey);
  const selectedKey = followedKey ?? findSelectedKey(openRun, rows);
  return {
    ...list,
    selectedKey,
    wantedKey: followedKey === undefined ? findStillWantedKey(list, selectedKey, rows) : undefined,
    keptKey: isArranged(list.arrangement) && rows.rows.length > 0 ? selectedKey : undefined,
  };
};

/** The user's own selection, while another row is selected in its place. */
const findStillWantedKey = (list: List, selectedKey: string | undefined, {rows}: Rows): string | undefined => {
  const wish = list.wantedKey ?? list.selectedKey;
  return wish === selectedKey ? undefined : rows.length === 0 ? list.wantedKey : wish;
};

type IndexByKey = Rows['indexByKey'];

/** The user's selection; if it is not visible, its group, or else the nearest row. */
const findSelectedKey = (openRun: OpenRun, rows: Rows): string | undefined => {
  const {list} = openRun;
  const {indexByKey} = rows;
  const wish = list.wantedKey ?? list.selectedKey;
  // Until the first steps are known, and while nothing matches, there is no row to select instead.
  if (indexByKey.size === 0) {
    return list.selectedKey;
  }

  // While the user has not moved, the first step is selected rather than the run above it.
  const isRunByDefault = list.isFollowing && wish === runRowKey;
  if (wish !== undefined && indexByKey.has(wish) && !isRunByDefault) {
    return wish;
  }

  return (
    (wish !== undefined
      ? (findGroupKey(openRun, wish, indexByKey) ?? findNearestKey(openRun, wish, rows))
      : undefined) ??
    findTopRowKey(rows) ??
    indexByKey.keys().next().value
  );
};

const findGroupKey = (openRun: OpenRun, key: string, indexByKey: IndexByKey): string | undefined => {
  const group = findStep(openRun.table, parseStepRowKey(key) ?? '')?.group;
  const groupKey = group && getGroupRowKey(group.id);
  return groupKey !== undefined && indexByKey.has(groupKey) ? groupKey : undefined;
};

/** The row that follows a hidden one in the pipeline; if there is none, the last one before it. */
const findNearestKey = ({table}: OpenRun, key: string, {rows}: Rows): string | undefined => {
  const hiddenIndex =
    findStepIndex(table, parseStepRowKey(key) ?? '') ??
    table.structure.groupsById.get(parseGroupRowKey(key) ?? '')?.indexes[0];
  if (hiddenIndex === undefined) {
    return undefined;
  }

  let nearest: {readonly key: string; readonly distance: number} | undefined;
  for (const row of rows) {
    const index = getPipelinePosition(row, table);
    // A row before the hidden one is used only if there is none after it.
    const distance = index >= hiddenIndex ? index - hiddenIndex : table.structure.length + hiddenIndex - index;
    nearest = nearest === undefined || distance < nearest.distance ? {key: row.key, distance} : nearest;
  }

  return nearest?.key;
};

/**
 * A row's position in the pipeline: that of a group is that of its first visible step, or of its first step if it only stays because
 * it is selected. Child runs and questions come after all steps.
 */
const getPipelinePosition = (row: Row, {structure}: StepTable): number => {
  switch (row.kind) {
    case 'this-run':
      return -1;

    case 'step':
      return row.index;

    case 'group':
      return row.members?.[0] ?? structure.groupsById.get(row.groupId)?.indexes[0] ?? -1;

    case 'run':
    case 'child-step':
    case 'question':
      return structure.length;
  }
};

/**
 * While the user has not moved: the first failed step of a failed run, else a running step, and the same one for as
 * long as it runs; a child run if there is no such step.
 */
const findFollowedKey = (openRun: OpenRun, before: OpenRun | undefined, indexByKey: IndexByKey): string | undefined => {
  const {list, table, run, childRuns} = openRun;
  if (!list.isFollowing) {
    return undefined;
  }

  const isVisible = list.selectedKey !== undefined && indexByKey.has(list.selectedKey);
  const isUnchanged =
    before?.table === table &&
    before.run === run &&
    before.childRuns === childRuns &&
    before.list.isFollowing === list.isFollowing;
  if (isVisible && isUnchanged) {
    return undefined;
  }

  const phase = run?.status === 'failed' ? 'failed' : 'active';
  return isSelectedInPhase(openRun, phase, indexByKey) ? list.selectedKey : findFirstKey(openRun, phase, indexByKey);
};

const findFirstKey = (openRun: OpenRun, phase: 'failed' | 'active', indexByKey: IndexByKey): string | undefined => {
  const {table, list} = openRun;
  const first = findFirstStepIndex(table, phase);
  const indexes = isHidingSteps(list.arrangement) ? findStepIndexes(table, phase) : first === undefined ? [] : [first];
  for (const index of indexes) {
    const key = getStepRowKey(findStepAt(table, index)?.name ?? '');
    const shownKey = indexByKey.has(key) ? key : findGroupKey(openRun, key, indexByKey);
    if (shownKey !== undefined) {
      return shownKey;
    }
  }

  const child = openRun.childRuns.find(each => isInPhase(each, phase));
  const key = child && getChildRowKey(child);
  return key !== undefined && indexByKey.has(key) ? key : undefined;
};

const isInPhase = ({status}: DagChildRun, phase: Phase): boolean =>
  status !== undefined && getPhase(status.status) === phase;

const isSelectedInPhase = (openRun: OpenRun, phase: Phase, indexByKey: IndexByKey): boolean => {
  const {selectedKey} = openRun.list;
  if (selectedKey === undefined || !indexByKey.has(selectedKey)) {
    return false;
  }

  const groupId = parseGroupRowKey(selectedKey);
  if (groupId !== undefined) {
    return hasPhase(openRun.table.countsByGroup.get(groupId) ?? {}, phase);
  }

  const child = openRun.childRuns.find(each => getChildRowKey(each) === selectedKey);
  if (child !== undefined) {
    return isInPhase(child, phase);
  }

  const step = findStep(openRun.table, parseStepRowKey(selectedKey) ?? '');
  const attempt = step && findLatestAttempt(step);
  return attempt !== undefined && getPhase(attempt.status) === phase;
};

const hasPhase = (counts: StatusCounts, phase: Phase): boolean =>
  countSteps(counts, ...statuses.filter(status => getPhase(status) === phase)) > 0 ||
  (phase === 'active' && countSteps(counts, 'unknown') > 0);
