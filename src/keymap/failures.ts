import type {DagChildRun} from '../domain/dag.js';
import {findStepIndexes} from '../domain/step-indexes.js';
import {findStepAt} from '../domain/step-table.js';
import {getGroupRowKey, getStepRowKey, parseStepRowKey} from '../store/list/rows.js';
import type {OpenRun} from '../store/run/open-run.js';
import {getRows} from '../store/selectors.js';

/**
 * Position of a failure in the list: the line of its row, and the index of its step in the table, since a collapsed group has many
 * steps in one line; -1 if the row is not that of a step.
 */
type ListPosition = {readonly key: string; readonly line: number; readonly index: number};

/**
 * The key of a failed row, the name of its step unless it is a child run, and how many lines it is below the selected row; negative
 * if it is above.
 */
export type NextFailure = {readonly key: string; readonly stepName: string | undefined; readonly by: number};

/**
 * The failed step or child run after (`by` 1) or before (`by` -1) the selected row, wrapping around at the end. Includes steps in
 * collapsed groups, but not those that the filter hides. `undefined` if there is none.
 */
export const findNextFailure = (openRun: OpenRun, by: 1 | -1): NextFailure | undefined => {
  const positions = [
    ...findStepIndexes(openRun.table, 'failed').flatMap(index => getListPositions(openRun, index)),
    ...listFailedChildRuns(openRun),
  ].sort((one, other) => one.line - other.line || one.index - other.index);
  const here = getSelectedPosition(openRun);
  const next =
    by === 1
      ? positions.find(position => isAfter(position, here))
      : positions.findLast(position => position.key !== here.key && !isAfter(position, here));
  const found = next ?? positions.at(by === 1 ? 0 : -1);
  return found && {key: found.key, stepName: parseStepRowKey(found.key), by: found.line - here.line};
};

const listFailedChildRuns = (openRun: OpenRun): readonly ListPosition[] =>
  openRun.childRuns.some(isFailedChildRun)
    ? getRows(openRun).rows.flatMap((row, line) =>
        row.kind === 'run' && isFailedChildRun(row.child) ? [{key: row.key, line, index: -1}] : [],
      )
    : [];

export const isFailedChildRun = ({status}: DagChildRun): boolean => status?.status === 'failed';

const getListPositions = (openRun: OpenRun, index: number): readonly ListPosition[] => {
  const step = findStepAt(openRun.table, index);
  if (step === undefined) {
    return [];
  }

  const {rows, indexByKey} = getRows(openRun);
  const key = getStepRowKey(step.name);
  const line = indexByKey.get(key);
  if (line !== undefined) {
    return [{key, line, index}];
  }

  const groupLine = indexByKey.get(getGroupRowKey(step.group?.id ?? ''));
  const row = groupLine === undefined ? undefined : rows[groupLine];
  const isMember = row?.kind === 'group' && (row.members?.includes(index) ?? true);
  return groupLine === undefined || !isMember ? [] : [{key, line: groupLine, index}];
};

/** The position of the selected row, before all others if none is selected. A group comes before its steps. */
const getSelectedPosition = (openRun: OpenRun): ListPosition => {
  const key = openRun.list.selectedKey;
  const line = getRows(openRun).indexByKey.get(key ?? '') ?? -1;
  const row = getRows(openRun).rows[line];
  return {key: key ?? '', line, index: row?.kind === 'step' ? row.index : -1};
};

const isAfter = (one: ListPosition, other: ListPosition): boolean =>
  one.line > other.line || (one.line === other.line && one.index > other.index);
