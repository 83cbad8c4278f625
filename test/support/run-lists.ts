import {toRunId} from '../../src/domain/ids.js';
import type {RunFilters} from '../../src/domain/list-filters.js';
import type {Run} from '../../src/domain/run.js';
import type {Status} from '../../src/domain/status.js';
import type {Action} from '../../src/store/action.js';
import {reduce} from '../../src/store/reducer.js';
import {getRunsPageKey} from '../../src/store/runs/runs-needs.js';
import {createInitialState, type State} from '../../src/store/state.js';
import {aRun, at} from './builders.js';
import {aSession, createArrival} from './watching.js';

/** A run created the given number of minutes after `startOfRun`; its ID, number and name are derived from `minute`. */
export const aListedRun = (minute: number, status: Status = 'completed', changes: Partial<Run> = {}): Run =>
  aRun({
    id: toRunId(`0000${String(minute).padStart(4, '0')}-1111-4111-8111-111111111111`),
    index: minute,
    status,
    name: `training_pipeline-2026_11_23-21_${String(minute).padStart(2, '0')}_11_000000`,
    createdAt: at(minute * 60),
    startedAt: at(minute * 60),
    updatedAt: at(minute * 60 + 30),
    ...changes,
  });

export const getRunId = (minute: number) => aListedRun(minute).id;

type Page = {
  readonly page?: number;
  readonly total?: number;
  readonly pageCount?: number;
  readonly filters?: RunFilters;
  /** In seconds after `startOfRun`, by the local clock and the server's. */
  readonly requestedAt?: number;
  readonly subset?: 'page' | 'delta' | 'in-progress' | 'missed' | 'total';
};

/** The time of the list, in seconds after `startOfRun`. */
export const listNow = 3600;

export const createListArrival = (runs: readonly Run[], details: Page = {}): Action => {
  const {page = 1, total = runs.length, pageCount = 1, filters = {}, requestedAt = listNow, subset = 'page'} = details;
  return {
    ...createArrival(
      subset === 'page' ? getRunsPageKey(filters, page) : `runs:${subset}`,
      {kind: 'runs', subset, filters, size: 100, page: {items: runs, index: page, pageCount, total}},
      at(requestedAt),
    ),
    serverDateAt: at(requestedAt),
  } as Action;
};

/** The list of runs before anything is known. */
export const anEmptyList = (): State =>
  createInitialState(aSession(), {now: at(listNow), size: {columns: 120, rows: 30}, runId: undefined});

/** A list of runs, built by the reducer of the program. */
export const aRunList = (runs: readonly Run[], details: Page = {}): State =>
  reduce(anEmptyList(), createListArrival(runs, details));
