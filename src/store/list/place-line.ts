import {stepAt} from '../../domain/step-table.js';
import {stepKey, stepNameOf} from '../rows.js';
import type {Watch} from '../watch.js';
import type {List} from './list.js';
import {trailed, withSelected} from './selection.js';

/** The list while the number of a step is typed: where the reader was is the end of the trail. */
export const placeTyped = (watch: Watch, text: string): Watch => {
  const {list, table} = watch;
  const place = Math.min(table.structure.length, Math.max(1, Number(text))) - 1;
  const step = /^\d+$/.test(text) ? stepAt(table, place) : undefined;
  const selected = step === undefined ? list.trail.at(-1) : stepKey(step.name);
  return {...watch, list: {...list, selected, wanted: undefined, isFollowing: false}};
};

export const placeBegun = (watch: Watch): Watch => {
  const {list} = watch;
  return {...watch, list: {...list, trail: trailed(list)}};
};

/** The step itself, where the cursor stood on its group so far. */
export const placeEnded = (watch: Watch): Watch => {
  const {list} = watch;
  const wish = list.wanted ?? list.selected;
  const isBack = wish === list.trail.at(-1);
  const found: List = wish === undefined || stepNameOf(wish) === undefined || isBack ? list : withSelected(watch, wish);
  return {...watch, list: isBack ? {...found, trail: found.trail.slice(0, -1)} : found};
};
