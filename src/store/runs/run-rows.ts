import {buildServerFilters, isRunMatch, parseRunTerms} from '../../domain/filter/run-filter.js';
import type {RunId} from '../../domain/ids.js';
import type {RunFilters} from '../../domain/list-filters.js';
import {isRowInProgress, type RunRow} from '../../domain/run-row.js';
import {getRunComparison, placeChildrenBelowParents} from '../../domain/run-row-order.js';
import {hasNotOneOfFilter} from '../../domain/server.js';
import type {State} from '../state.js';
import {getListKey, type RunList, type Runs} from './runs.js';

/**
 * The queries that the filter needs: several if no single one finds everything, only the unfiltered one if everything is known.
 */
export const selectWantedFilters = ({runs, server}: Pick<State, 'runs' | 'server'>): readonly RunFilters[] =>
  getRunList(runs, noFilters).knownFrom === Number.NEGATIVE_INFINITY
    ? [noFilters]
    : buildServerFilters(parseRunTerms(runs.filter), {me: runs.me, canExclude: hasNotOneOfFilter(server)});

const noFilters: RunFilters = {};

const unknownList: RunList = {pages: 0, total: 0, knownFrom: Number.POSITIVE_INFINITY};

export const getRunList = (runs: Runs, filters: RunFilters): RunList =>
  runs.listsByKey.get(getListKey(filters)) ?? unknownList;

/**
 * The instant from which all matching runs are known, by the server's clock. Until the first response to the current
 * query, matches from earlier responses are shown.
 */
const getKnownFrom = (runs: Runs, filters: readonly RunFilters[]): number =>
  Math.max(
    ...filters.map(each => {
      const list = getRunList(runs, each);
      return list.pages === 0 && runs.filter !== '' ? Number.NEGATIVE_INFINITY : list.knownFrom;
    }),
  );

export type RunRows = {
  readonly rows: readonly RunRow[];
  readonly indexById: ReadonlyMap<RunId, number>;
};

/**
 * The rows of the list in order. Known runs beyond a gap are left out, except those in progress and the one that the
 * user came from.
 */
export const selectRunRows = (state: Pick<State, 'runs' | 'server'>): RunRows => {
  const {runs, server} = state;
  const recent = recentRunRows.find(
    each =>
      each.runs.rowsById === runs.rowsById &&
      each.runs.listsByKey === runs.listsByKey &&
      each.runs.filter === runs.filter &&
      each.runs.me === runs.me &&
      each.runs.keptId === runs.keptId &&
      each.runs.order === runs.order &&
      each.server === server,
  );
  if (recent !== undefined) {
    return recent.rows;
  }

  const rows = buildRunRows(state);
  recentRunRows = [{runs, server, rows}, ...recentRunRows.slice(0, 1)];
  return rows;
};

// Two are enough: the current list, which is selected many times between two changes, and the previous one.
let recentRunRows: readonly (Pick<State, 'runs' | 'server'> & {readonly rows: RunRows})[] = [];

const buildRunRows = (state: Pick<State, 'runs' | 'server'>): RunRows => {
  const {runs} = state;
  const terms = parseRunTerms(runs.filter);
  const from = getKnownFrom(runs, selectWantedFilters(state));
  const sortedRows = [...runs.rowsById.values()]
    .filter(row => isRowKnown(row, runs, from) && isRunMatch(terms, row, runs.me))
    .sort(getRunComparison(runs.order));
  const rows = runs.order === 'started' ? placeChildrenBelowParents(sortedRows) : sortedRows;
  return {rows, indexById: new Map(rows.map((row, index) => [row.id, index]))};
};

const isRowKnown = (row: RunRow, {keptId}: Runs, from: number): boolean =>
  (row.createdAt ?? 0) >= from || row.id === keptId || isRowInProgress(row);

/** Index of the selected run in the list; `undefined` if none is selected, or if the list does not contain it. */
export const selectSelectedRunIndex = (state: State): number | undefined =>
  state.runs.selectedId === undefined ? undefined : selectRunRows(state).indexById.get(state.runs.selectedId);

export const selectSelectedRunRow = (state: State): RunRow | undefined => {
  const index = selectSelectedRunIndex(state);
  return index === undefined ? undefined : selectRunRows(state).rows[index];
};

/** Whether runs that may match remain to be fetched. */
export const hasMoreRuns = (state: Pick<State, 'runs' | 'server'>): boolean =>
  selectWantedFilters(state).some(
    filters =>
      Number.isFinite(getRunList(state.runs, filters).knownFrom) || getRunList(state.runs, filters).pages === 0,
  );

/**
 * How many runs there are in total; `undefined` while unknown. Once all have been fetched, the rows are
 * counted, since a run that was created in the meantime would count twice: in the total of a page, and when it arrives.
 */
export const selectTotalRuns = ({runs}: Pick<State, 'runs'>): number | undefined => {
  const list = runs.listsByKey.get(getListKey(noFilters));
  return list?.knownFrom === Number.NEGATIVE_INFINITY ? runs.rowsById.size : list?.total;
};
