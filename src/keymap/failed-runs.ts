import {memoize} from '../domain/memoize.js';
import type {RunRow} from '../domain/run-row.js';
import {getPhase} from '../domain/status.js';
import {selectRunRows, selectSelectedRunIndex, selectSelectedRunRow} from '../store/runs/run-rows.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';

const isFailedRun = ({status}: RunRow): boolean => getPhase(status) === 'failed';

/** Cached per list: it may have thousands of rows, and the footer needs this for each frame. */
const getFailedRuns = memoize((rows: readonly RunRow[]): readonly RunRow[] => rows.filter(isFailedRun));

/** Why there is no other failed run to select; `undefined` if there is one. */
export const explainNoFailedRuns = (state: State): string | undefined => {
  const [first, second] = getFailedRuns(selectRunRows(state).rows);
  if (first === undefined) {
    return 'no failed runs';
  }

  return second === undefined && selectSelectedRunRow(state)?.id === first.id
    ? 'this is the only failed run'
    : undefined;
};

/** Selects the next failed run in this direction, wrapping around at the ends of the list. */
export const jumpToFailedRun = (state: State, direction: 1 | -1): CommandOutcome => {
  const {rows} = selectRunRows(state);
  const here = selectSelectedRunIndex(state) ?? 0;
  const rowsFromNext = [...rows.slice(here + 1), ...rows.slice(0, here + 1)];
  const found = direction === 1 ? rowsFromNext.find(isFailedRun) : rowsFromNext.slice(0, -1).findLast(isFailedRun);
  return found === undefined ? {action: {type: 'runs/moved', by: 0}} : {action: {type: 'runs/selected', id: found.id}};
};
