import {findStep} from '../../domain/step-table.js';
import type {ListAction} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import {findSelectedRow, getRows} from '../selectors.js';
import type {List} from './list.js';
import {reduceArrangement} from './reduce-arrangement.js';
import {
  findChildRunId,
  getChildRunRowKey,
  getGroupRowKey,
  getStepRowKey,
  parseGroupRowKey,
  parseStepRowKey,
} from './rows.js';
import {findTopRowKey, runRowKey} from './run-row.js';
import {extendTrail, findTrailEnd, toggleId, withGroupToggled, withSelectedRow} from './selection.js';

export const reduceList = (openRun: OpenRun, action: ListAction, pageLines: number): List => {
  const {list} = openRun;
  switch (action.type) {
    case 'selection/moved':
      return moveListSelection(openRun, action.by);

    case 'selection/paged':
      return moveListSelection(openRun, action.pages * Math.max(1, pageLines - 1));

    case 'selection/jumped':
      return {
        ...(action.to === 'first' ? selectFirstStep(openRun) : moveListSelection(openRun, Infinity)),
        trail: extendTrail(list),
      };

    case 'list/followingToggled':
      return {...list, isFollowing: !list.isFollowing};

    case 'group/toggled':
      return toggleGroup(openRun);

    case 'step/selected':
      return goToStep(openRun, action.name);

    case 'step/returned':
      return returnAlongTrail(openRun);

    case 'run/selected':
      return getRows(openRun).indexByKey.has(runRowKey) && list.selectedKey !== runRowKey
        ? {...withSelectedRow(openRun, runRowKey), trail: extendTrail(list)}
        : list;

    case 'list/sorted':
    case 'list/reversed':
    case 'list/successfulToggled':
    case 'list/cleared':
      return {...list, arrangement: reduceArrangement(list.arrangement, action), keptKey: undefined};
  }
};

const moveListSelection = (openRun: OpenRun, by: number): List => {
  const {rows, indexByKey} = getRows(openRun);
  const index = indexByKey.get(openRun.list.selectedKey ?? '') ?? 0;
  const next = rows[Math.min(rows.length - 1, Math.max(0, index + by))];
  return next === undefined
    ? openRun.list
    : {...openRun.list, selectedKey: next.key, wantedKey: undefined, isFollowing: false};
};

/** The first row below the run. */
const selectFirstStep = (openRun: OpenRun): List => {
  const key = findTopRowKey(getRows(openRun));
  return key === undefined
    ? openRun.list
    : {...openRun.list, selectedKey: key, wantedKey: undefined, isFollowing: false};
};

/** The list with the step of this name selected, and its group opened. */
const goToStep = (openRun: OpenRun, name: string): List => {
  const {list, table} = openRun;
  return findStep(table, name) === undefined || list.selectedKey === undefined
    ? list
    : {...withSelectedRow(openRun, getStepRowKey(name)), trail: extendTrail(list)};
};

const returnAlongTrail = (openRun: OpenRun): List => {
  const {trail} = openRun.list;
  const end = findTrailEnd(openRun.list);
  const selected = trail[end ?? -1];
  return selected === undefined ? openRun.list : {...withSelectedRow(openRun, selected), trail: trail.slice(0, end)};
};

/** Opens or closes the selected group or child run, or that of the selected step. */
const toggleGroup = (openRun: OpenRun): List => {
  const {list, table} = openRun;
  const row = findSelectedRow(openRun);
  const childId = row && findChildRunId(row);
  if (childId !== undefined) {
    return {
      ...list,
      openIds: toggleId(list.openIds, childId),
      selectedKey: getChildRunRowKey(childId),
      wantedKey: undefined,
      isFollowing: false,
    };
  }

  const name = parseStepRowKey(list.selectedKey);
  const id = parseGroupRowKey(list.selectedKey) ?? (name === undefined ? undefined : findStep(table, name)?.group?.id);
  if (id === undefined) {
    return list;
  }

  // If a group has only one step, the list may show it without a row for the group.
  if (!getRows(openRun).indexByKey.has(getGroupRowKey(id))) {
    return list;
  }

  return {...withGroupToggled(list, id), selectedKey: getGroupRowKey(id), wantedKey: undefined, isFollowing: false};
};
