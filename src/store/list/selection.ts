import {stepNamed} from '../../domain/step-table.js';
import {stepNameOf} from '../rows.js';
import {rowsOf} from '../selectors.js';
import type {Watch} from '../watch.js';
import {isFiltering} from './arrangement.js';
import type {List} from './list.js';

/** Steps back that are remembered. */
const longestTrail = 50;

/** The trail with the selected row at its end. */
export const trailed = ({trail, selected}: List): List['trail'] =>
  selected === undefined || trail.at(-1) === selected ? trail : [...trail, selected].slice(-longestTrail);

/** The row selected, however folded or filtered out it is. */
export const withSelected = (watch: Watch, key: string): List => {
  const list = {...watch.list, selected: key, wanted: undefined, kept: key, isFollowing: false};
  const group = stepNamed(watch.table, stepNameOf(key) ?? '')?.group;
  return group === undefined || rowsOf({...watch, list}).placeByKey.has(key) ? list : withTurned(list, group.id);
};

/** The list with this group folded if it lay open, or the other way round. */
export const withTurned = (list: List, groupId: string): List => {
  const {arrangement, openGroups} = list;
  return isFiltering(arrangement)
    ? {...list, arrangement: {...arrangement, turnedGroups: turned(arrangement.turnedGroups, groupId)}}
    : {...list, openGroups: turned(openGroups, groupId)};
};

const turned = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set(ids.has(id) ? [...ids].filter(other => other !== id) : [...ids, id]);
