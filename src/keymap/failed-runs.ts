import {remembered} from '../domain/remembered.js';
import type {RunRow} from '../domain/run-row.js';
import {phaseOf} from '../domain/status.js';
import {runRowsOf, selectedRunPlace} from '../store/runs/run-rows.js';
import type {State} from '../store/state.js';
import type {Outcome} from './command.js';

const isFailed = ({status}: RunRow): boolean => phaseOf(status) === 'failed';

/** Of a list of thousands, looked for once and not for each frame. */
const hasFailed = remembered((rows: readonly RunRow[]): boolean => rows.some(isFailed));

/** Why there is no failed run to go to; `undefined`: there is one. */
export const noneFailed = (state: State): string | undefined =>
  hasFailed(runRowsOf(state).rows) ? undefined : 'no run in the list has failed';

/** The next failed run in this direction, around the end if need be. */
export const failedFrom = (state: State, direction: 1 | -1): Outcome => {
  const {rows} = runRowsOf(state);
  const here = selectedRunPlace(state) ?? 0;
  const others = [...rows.slice(here + 1), ...rows.slice(0, here + 1)];
  const found = direction === 1 ? others.find(isFailed) : others.slice(0, -1).findLast(isFailed);
  return found === undefined ? {action: {type: 'runs/moved', by: 0}} : {action: {type: 'runs/selected', id: found.id}};
};
