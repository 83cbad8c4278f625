import type {Exception} from '../../domain/exception.js';
import type {NamedEntity, RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {RunFilters} from '../../domain/list-filters.js';
import type {RunRow} from '../../domain/run-row.js';
import type {Project} from '../../domain/server.js';
import {initialWatermark, type Watermark} from '../requests/watermark.js';
import type {OpenRun} from '../run/open-run.js';
import {type Comparison, emptyComparison} from './comparison.js';

/** Rows per page: few, because a list must be hydrated to contain the times of the runs, and is large then. */
export const pageSize = 100;

/** What has been fetched for one query, newest first. */
export type RunList = {
  /** The number of pages fetched so far, counted from the first up to the first gap. */
  readonly pages: number;
  /** How many runs there are, according to the last response. */
  readonly total: number;
  /** Rows created before this instant, by the server's clock, may be missing; minus infinity means that none are. */
  readonly knownFrom: Instant;
};

/** How many steps of a run are finished, and how many there are. */
export type RunProgress = {
  readonly done: number;
  readonly total: number;
  /** The first step that failed, and its exception if it is known. */
  readonly failure?: {readonly step: string; readonly exception: Exception | undefined} | undefined;
};

/** Orders of the run list; `started` puts runs in progress first, then the newest. */
export const runOrders = ['started', 'duration', 'status', 'pipeline'] as const;
export type RunOrder = (typeof runOrders)[number];

/** The runs of the project, and the list of them as the user has arranged it. */
export type Runs = {
  readonly watermark: Watermark;
  readonly rowsById: ReadonlyMap<RunId, RunRow>;
  /** When recently found runs were first seen, by the local clock. */
  readonly foundAtById: ReadonlyMap<RunId, Instant>;
  /** By filter; see `getListKey`. */
  readonly listsByKey: ReadonlyMap<string, RunList>;
  /** Runs that are in progress as far as is known, but no longer listed as such by the server. */
  readonly missedIds: ReadonlySet<RunId>;
  /** When something last changed, by the local clock. */
  readonly changedAt: Instant;
  /** Everything requested before this instant, by the local clock, is requested again. */
  readonly invalidatedAt: Instant | undefined;
  readonly progressById: ReadonlyMap<RunId, RunProgress>;
  /** Ended runs whose progress was fetched after they had ended: it no longer changes. */
  readonly finalProgressIds: ReadonlySet<RunId>;
  /** The signed-in user, once a filter needs it. */
  readonly me: NamedEntity | undefined;
  readonly projects: readonly Project[] | undefined;
  readonly filter: string;
  readonly order: RunOrder;
  /** A run, never a line number. */
  readonly selectedId: RunId | undefined;
  /** What was selected before a filter was typed, until the user moves: it is selected again without the filter. */
  readonly anchorId: RunId | undefined;
  /** Index of the first visible row. */
  readonly top: number;
  readonly markedIds: ReadonlySet<RunId>;
  /** The run that the user came from: it stays in the list even if its neighbors are not known yet. */
  readonly keptId: RunId | undefined;
  /** How many pages may be fetched without the user moving further down. */
  readonly pagesAllowed: number;
  readonly comparison: Comparison;
  /** The run that was open last, to be opened again as it was. */
  readonly lastOpen: OpenRun | undefined;
};

/** How many pages are searched for matches before the user asks for more by moving down. */
export const firstPagesAllowed = 5;

export const initialRuns: Runs = {
  rowsById: new Map(),
  foundAtById: new Map(),
  listsByKey: new Map(),
  watermark: initialWatermark,
  missedIds: new Set(),
  changedAt: Number.NEGATIVE_INFINITY,
  invalidatedAt: undefined,
  progressById: new Map(),
  finalProgressIds: new Set(),
  me: undefined,
  projects: undefined,
  filter: '',
  order: 'started',
  selectedId: undefined,
  anchorId: undefined,
  top: 0,
  markedIds: new Set(),
  keptId: undefined,
  pagesAllowed: firstPagesAllowed,
  comparison: emptyComparison,
  lastOpen: undefined,
};

/** A key for the list with these filters: equal filters have equal keys, and without filters the key is empty. */
export const getListKey = (filters: RunFilters): string =>
  Object.entries(filters)
    .map(([name, filter]) => `${name}=${typeof filter === 'string' ? filter : JSON.stringify(filter)}`)
    .sort()
    .join('&');
