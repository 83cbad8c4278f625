import {findStepIndexes} from '../domain/step-indexes.js';
import {findStepAt} from '../domain/step-table.js';
import {getGroupRowKey, getStepRowKey, parseStepRowKey} from '../store/list/rows.js';
import type {OpenRun} from '../store/run/open-run.js';
import {getRows} from '../store/selectors.js';

/** Position of a failed step in the list: its line, and its index within that line because a collapsed group has many steps. */
type ListPosition = {readonly name: string; readonly line: number; readonly index: number};

/**
 * Name of the next (`by` 1) or previous (`by` -1) failed step after the selected row, wrapping around at the end, in
 * folded groups too, among the steps that pass the filter. `undefined`: there is none.
 */
export const findNextFailure = (openRun: OpenRun, by: 1 | -1): string | undefined => {
  const positions = findStepIndexes(openRun.table, 'failed')
    .flatMap(index => getListPositions(openRun, index))
    .sort((one, other) => one.line - other.line || one.index - other.index);
  const here = getSelectedPosition(openRun);
  const next =
    by === 1
      ? positions.find(position => isAfter(position, here))
      : positions.findLast(position => position.name !== here.name && !isAfter(position, here));
  return (next ?? positions.at(by === 1 ? 0 : -1))?.name;
};

const getListPositions = (openRun: OpenRun, index: number): readonly ListPosition[] => {
  const step = findStepAt(openRun.table, index);
  if (step === undefined) {
    return [];
  }

  const {rows, indexByKey} = getRows(openRun);
  const line = indexByKey.get(getStepRowKey(step.name));
  if (line !== undefined) {
    return [{name: step.name, line, index}];
  }

  const ofGroup = indexByKey.get(getGroupRowKey(step.group?.id ?? ''));
  const row = ofGroup === undefined ? undefined : rows[ofGroup];
  const isMember = row?.kind === 'group' && (row.members?.includes(index) ?? true);
  return ofGroup === undefined || !isMember ? [] : [{name: step.name, line: ofGroup, index}];
};

/** A group comes before its steps. */
const getSelectedPosition = (openRun: OpenRun): ListPosition => {
  const key = openRun.list.selected;
  const line = getRows(openRun).indexByKey.get(key ?? '') ?? -1;
  const row = getRows(openRun).rows[line];
  return {name: parseStepRowKey(key) ?? '', line, index: row?.kind === 'step' ? row.index : -1};
};

const isAfter = (one: ListPosition, other: ListPosition): boolean =>
  one.line > other.line || (one.line === other.line && one.index > other.index);
