import type {State} from '../state.js';
import {getVisibleRange} from '../ui/visible-range.js';
import {getRunList, selectRunRows, selectSelectedRunIndex, selectWantedFilters} from './run-rows.js';
import {firstPagesAllowed, type Runs, runOrders} from './runs.js';
import type {RunsListAction} from './runs-action.js';
import {layOutRunsScreen} from './runs-layout.js';

/** What the user does in the list. */
export const reduceRunsList = (state: State, action: RunsListAction): Runs => {
  const {runs} = state;
  switch (action.type) {
    case 'runs/moved':
      return moveRunSelection(state, (selectSelectedRunIndex(state) ?? 0) + action.by);

    case 'runs/paged': {
      const height = Math.max(1, layOutRunsScreen(state.size).listHeight - 1);
      return moveRunSelection(state, (selectSelectedRunIndex(state) ?? 0) + action.pages * height);
    }

    case 'runs/jumped':
      return moveRunSelection(state, action.to === 'first' ? 0 : Number.POSITIVE_INFINITY);

    case 'runs/selected':
      return moveRunSelection(
        state,
        selectRunRows(state).indexById.get(action.id) ?? selectSelectedRunIndex(state) ?? 0,
      );

    case 'runs/marked':
      return {...runs, markedIds: toggleValue(runs.markedIds, action.id)};

    case 'runs/unmarked':
      return {...runs, markedIds: new Set()};

    case 'runs/filtered':
      return withRunFilter(runs, action.text);

    case 'runs/sorted':
      return {...runs, order: runOrders[(runOrders.indexOf(runs.order) + 1) % runOrders.length] ?? 'started'};
  }
};

/** The first match is selected; without a filter, what was selected before, or where the user has moved since. */
export const withRunFilter = (runs: Runs, filter: string): Runs => {
  if (filter === runs.filter) {
    return runs;
  }

  const next = {...runs, filter, pagesAllowed: firstPagesAllowed};
  if (filter !== '') {
    return {...next, selectedId: undefined, top: 0, anchorId: runs.filter === '' ? runs.selectedId : runs.anchorId};
  }

  const selectedId = runs.anchorId ?? runs.selectedId;
  return {...next, selectedId, keptId: selectedId, anchorId: undefined};
};

const toggleValue = <T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> => {
  const next = new Set(set);
  if (!next.delete(value)) {
    next.add(value);
  }

  return next;
};

/** How many pages may be searched for matches further down once the user goes there. */
const pagesAhead = 5;

const moveRunSelection = (state: State, target: number): Runs => {
  const {runs} = state;
  const {rows} = selectRunRows(state);
  const index = Math.min(Math.max(0, target), rows.length - 1);
  const pages = Math.max(...selectWantedFilters(state).map(filters => getRunList(runs, filters).pages));
  const isNearEnd = target > rows.length - 2 * layOutRunsScreen(state.size).listHeight;
  return {
    ...runs,
    selectedId: rows[index]?.id ?? runs.selectedId,
    anchorId: undefined,
    pagesAllowed: isNearEnd ? Math.max(runs.pagesAllowed, pages + pagesAhead) : runs.pagesAllowed,
  };
};

/**
 * The list made consistent after any change: a run is selected, and it is on the screen. New rows above the visible
 * ones do not scroll the list, except at its top, where the newest rows should appear.
 */
export const reconcileRuns = (state: State, before: State): Runs => {
  const {runs} = state;
  const {rows, indexById} = selectRunRows(state);
  const {listHeight} = layOutRunsScreen(state.size);
  const isThere = runs.selectedId !== undefined && indexById.has(runs.selectedId);
  // If nothing was selected, or if no row can have moved, this index is not used.
  const isIndexUnused = runs.selectedId === undefined || (runs.rowsById === before.runs.rowsById && isThere);
  const indexBefore = isIndexUnused ? 0 : (selectSelectedRunIndex(before) ?? 0);
  // Before the first runs are known, the selected one may still be among them.
  const isKept = isThere || rows.length === 0;
  const selectedId = isKept ? runs.selectedId : rows[Math.min(indexBefore, rows.length - 1)]?.id;
  const index = selectedId === undefined ? undefined : indexById.get(selectedId);
  const isMovedBelow = runs.rowsById !== before.runs.rowsById && runs.selectedId === before.runs.selectedId && isThere;
  const shift = isMovedBelow && index !== undefined && runs.top > 0 ? index - indexBefore : 0;
  const {top} = getVisibleRange(index, Math.max(0, runs.top + shift), rows.length, listHeight);
  return selectedId === runs.selectedId && top === runs.top ? runs : {...runs, selectedId, top};
};
