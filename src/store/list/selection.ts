import {findStep} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import {getRows} from '../selectors.js';
import {isFiltering} from './arrangement.js';
import type {List} from './list.js';
import {parseStepRowKey} from './rows.js';

/** How many times the user can go back. */
const maxTrailLength = 50;

/** Index in the trail of the last row that is not the selected one. */
export const findTrailEnd = ({trail, selectedKey}: List): number | undefined => {
  const index = trail.findLastIndex(key => key !== selectedKey);
  return index === -1 ? undefined : index;
};

/** The trail with the selected row at its end. */
export const extendTrail = ({trail, selectedKey}: Pick<List, 'trail' | 'selectedKey'>): List['trail'] =>
  selectedKey === undefined || trail.at(-1) === selectedKey ? trail : [...trail, selectedKey].slice(-maxTrailLength);

/** The list with this row selected, even if it is in a closed group or does not match the filter. */
export const withSelectedRow = (openRun: OpenRun, key: string): List => {
  const list = {...openRun.list, selectedKey: key, wantedKey: undefined, keptKey: key, isFollowing: false};
  const group = findStep(openRun.table, parseStepRowKey(key) ?? '')?.group;
  return group === undefined || getRows({...openRun, list}).indexByKey.has(key)
    ? list
    : withGroupToggled(list, group.id);
};

/** The list with this group closed if it was open, or open if it was closed. */
export const withGroupToggled = (list: List, groupId: string): List => {
  const {arrangement, openIds} = list;
  return isFiltering(arrangement)
    ? {...list, arrangement: {...arrangement, toggledGroups: toggleId(arrangement.toggledGroups, groupId)}}
    : {...list, openIds: toggleId(openIds, groupId)};
};

export const toggleId = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set(ids.has(id) ? [...ids].filter(other => other !== id) : [...ids, id]);
