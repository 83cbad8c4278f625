import {findStepAt} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import type {List} from './list.js';
import {getStepRowKey, parseStepRowKey} from './rows.js';
import {extendTrail, withSelectedRow} from './selection.js';

/** The list while the number of a step is typed: where the reader was is the end of the trail. */
export const applyStepNumber = (watch: OpenRun, text: string): OpenRun => {
  const {list, table} = watch;
  const place = Math.min(table.structure.length, Math.max(1, Number(text))) - 1;
  const step = /^\d+$/.test(text) ? findStepAt(table, place) : undefined;
  const selected = step === undefined ? list.trail.at(-1) : getStepRowKey(step.name);
  return {...watch, list: {...list, selected, wanted: undefined, isFollowing: false}};
};

export const beginStepNumber = (watch: OpenRun): OpenRun => {
  const {list} = watch;
  return {...watch, list: {...list, trail: extendTrail(list)}};
};

/** The step itself, where the cursor stood on its group so far. */
export const endStepNumber = (watch: OpenRun): OpenRun => {
  const {list} = watch;
  const wish = list.wanted ?? list.selected;
  const isBack = wish === list.trail.at(-1);
  const found: List =
    wish === undefined || parseStepRowKey(wish) === undefined || isBack ? list : withSelectedRow(watch, wish);
  return {...watch, list: isBack ? {...found, trail: found.trail.slice(0, -1)} : found};
};
