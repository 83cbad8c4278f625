import {findStepAt} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import type {List} from './list.js';
import {getStepRowKey, parseStepRowKey} from './rows.js';
import {extendTrail, withSelectedRow} from './selection.js';

/** The open run while the number of a step is being typed: that step is selected or, without a number, the row from before. */
export const applyStepNumber = (openRun: OpenRun, text: string): OpenRun => {
  const {list, table} = openRun;
  const index = Math.min(table.structure.length, Math.max(1, Number(text))) - 1;
  const step = /^\d+$/.test(text) ? findStepAt(table, index) : undefined;
  const selectedKey = step === undefined ? list.trail.at(-1) : getStepRowKey(step.name);
  return {...openRun, list: {...list, selectedKey, wantedKey: undefined, isFollowing: false}};
};

/** The open run before a number is typed: the selected row is put at the end of the trail, to return to. */
export const beginStepNumber = (openRun: OpenRun): OpenRun => {
  const {list} = openRun;
  return list.selectedKey === undefined
    ? openRun
    : {...openRun, list: {...list, trail: [...list.trail, list.selectedKey]}};
};

/**
 * The open run once the number is complete. If the row of the step was hidden in a collapsed group, so that the group is selected instead
 * (`wantedKey`), the step itself is selected now.
 */
export const endStepNumber = (openRun: OpenRun): OpenRun => {
  const {list} = openRun;
  const targetKey = list.wantedKey ?? list.selectedKey;
  const origin = list.trail.at(-1);
  const trail = list.trail.slice(0, -1);
  if (targetKey === origin) {
    return {...openRun, list: {...list, trail}};
  }

  const nextList: List =
    targetKey === undefined || parseStepRowKey(targetKey) === undefined ? list : withSelectedRow(openRun, targetKey);
  return {...openRun, list: {...nextList, trail: extendTrail({trail, selectedKey: origin})}};
};
