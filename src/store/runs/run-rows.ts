import {isRunWanted, runTermsOf, serverFilters} from '../../domain/filter/run-filter.js';
import type {RunId} from '../../domain/ids.js';
import {compareRuns, isGoingOn, type RunRow} from '../../domain/run-row.js';
import {takesNotOneOf} from '../../domain/server.js';
import type {State} from '../state.js';
import {type Filters, listKey, type RunList, type Runs} from './runs.js';

/** What the filter has the server look for; several questions where none finds all, none but for all where all is known. */
export const wantedFilters = ({runs, server}: Pick<State, 'runs' | 'server'>): readonly Filters[] =>
  listFor(runs, everything).knownFrom === Number.NEGATIVE_INFINITY
    ? [everything]
    : serverFilters(runTermsOf(runs.filter), {me: runs.me, canExclude: takesNotOneOf(server)});

const everything: Filters = {};

const unknownList: RunList = {pages: 0, total: 0, knownFrom: Number.POSITIVE_INFINITY};

export const listFor = (runs: Runs, filters: Filters): RunList => runs.listsByKey.get(listKey(filters)) ?? unknownList;

/**
 * From which instant on all runs that are wanted are here, by the server's clock. Before the first answer to what is asked
 * now, what is known from earlier answers is shown at once.
 */
const knownFrom = (runs: Runs, filters: readonly Filters[]): number =>
  Math.max(
    ...filters.map(each => {
      const list = listFor(runs, each);
      return list.pages === 0 && runs.filter !== '' ? Number.NEGATIVE_INFINITY : list.knownFrom;
    }),
  );

export type RunRows = {
  readonly rows: readonly RunRow[];
  readonly placeById: ReadonlyMap<RunId, number>;
};

/**
 * The rows of the list in their order. What is known of runs that lie behind a gap is left out, but for those that go on,
 * and for the one that the reader came from.
 */
export const runRowsOf = (state: Pick<State, 'runs' | 'server'>): RunRows => {
  const {runs, server} = state;
  const known = laidOutLately.find(
    each =>
      each.runs.rowsById === runs.rowsById &&
      each.runs.listsByKey === runs.listsByKey &&
      each.runs.filter === runs.filter &&
      each.runs.me === runs.me &&
      each.runs.kept === runs.kept &&
      each.server === server,
  );
  if (known !== undefined) {
    return known.rows;
  }

  const rows = laidOut(state);
  laidOutLately = [{runs, server, rows}, ...laidOutLately.slice(0, 1)];
  return rows;
};

// Two are enough: the list as it is, which is asked for many times between two changes, and as it was before.
let laidOutLately: readonly (Pick<State, 'runs' | 'server'> & {readonly rows: RunRows})[] = [];

const laidOut = (state: Pick<State, 'runs' | 'server'>): RunRows => {
  const {runs} = state;
  const terms = runTermsOf(runs.filter);
  const from = knownFrom(runs, wantedFilters(state));
  const rows = [...runs.rowsById.values()]
    .filter(row => isHere(row, runs, from) && isRunWanted(terms, row, runs.me))
    .sort(compareRuns);
  return {rows, placeById: new Map(rows.map((row, place) => [row.id, place]))};
};

const isHere = (row: RunRow, {kept}: Runs, from: number): boolean =>
  (row.createdAt ?? 0) >= from || row.id === kept || isGoingOn(row);

export const selectedRunPlace = (state: State): number | undefined =>
  state.runs.selected === undefined ? undefined : runRowsOf(state).placeById.get(state.runs.selected);

export const selectedRunRow = (state: State): RunRow | undefined => {
  const place = selectedRunPlace(state);
  return place === undefined ? undefined : runRowsOf(state).rows[place];
};

/** Whether more runs that may be wanted are still to be fetched. */
export const hasMoreRuns = (state: Pick<State, 'runs' | 'server'>): boolean =>
  wantedFilters(state).some(
    filters => Number.isFinite(listFor(state.runs, filters).knownFrom) || listFor(state.runs, filters).pages === 0,
  );

/**
 * How many runs there are in all; `undefined` while that is not known. Once all are here they are counted: a run that came
 * while pages were asked for is counted by a page, and once more when it is met.
 */
export const totalRuns = ({runs}: Pick<State, 'runs'>): number | undefined => {
  const list = runs.listsByKey.get(listKey(everything));
  return list?.knownFrom === Number.NEGATIVE_INFINITY ? runs.rowsById.size : list?.total;
};
