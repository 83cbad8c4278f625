import type {NamedReference, RunId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {RunFilters} from '../../domain/list-filters.js';
import type {RunRow} from '../../domain/run-row.js';
import type {Project} from '../../domain/server.js';
import {initialWatermark, type Watermark} from '../requests/watermark.js';
import type {OpenRun} from '../run/open-run.js';
import {type Comparison, emptyComparison} from './comparison.js';

/** Rows of a page. With their times, for which a list must be hydrated, they take 400 KB. */
export const pageSize = 100;

/** What one question for runs has brought so far, newest first. */
export type RunList = {
  /** Pages that have come, from the first on without a gap. */
  readonly pages: number;
  /** How many runs there are, by the last answer. */
  readonly total: number;
  /** Rows created before this instant may be missing, by the server's clock; minus infinity: all are here. */
  readonly knownFrom: Instant;
};

/** How many steps of a run are finished, and how many there are. */
export type RunProgress = {readonly done: number; readonly total: number};

/** The runs of the project, and the list of them as the reader has arranged it. */
export type Runs = {
  readonly watermark: Watermark;
  readonly rowsById: ReadonlyMap<RunId, RunRow>;
  /** When the runs that were found last came first, by our clock. */
  readonly foundAtById: ReadonlyMap<RunId, Instant>;
  /** By what narrows them down, see `listKey`. */
  readonly listsByKey: ReadonlyMap<string, RunList>;
  /** Runs that we hold as going on and the server no longer lists as such. */
  readonly missedIds: ReadonlySet<RunId>;
  /** When something last changed, by our clock. */
  readonly changedAt: Instant;
  /** What was asked before this instant, by our clock, is to be asked again. */
  readonly invalidatedAt: Instant | undefined;
  readonly progressById: ReadonlyMap<RunId, RunProgress>;
  /** Who is signed in, once the filter asks for that. */
  readonly me: NamedReference | undefined;
  readonly projects: readonly Project[] | undefined;
  readonly filter: string;
  /** A run, never a line number. */
  readonly selected: RunId | undefined;
  /** What was selected before a filter was typed, until the reader moves: there the cursor is again without the filter. */
  readonly anchor: RunId | undefined;
  readonly top: number;
  readonly marked: ReadonlySet<RunId>;
  /** A run that the reader came from: it is in the list even if those around it are not known yet. */
  readonly kept: RunId | undefined;
  /** Pages of a list that may be asked for without the reader going further down. */
  readonly pagesAllowed: number;
  readonly comparison: Comparison;
  /** The run that was looked at last, to be taken up again. */
  readonly left: OpenRun | undefined;
};

/** Pages that are looked through for what a filter wants, before the reader asks for more by going down. */
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
  me: undefined,
  projects: undefined,
  filter: '',
  selected: undefined,
  anchor: undefined,
  top: 0,
  marked: new Set(),
  kept: undefined,
  pagesAllowed: firstPagesAllowed,
  comparison: emptyComparison,
  left: undefined,
};

/** A key for the list with these filters; equal filters have the same key, none an empty one. */
export const getListKey = (filters: RunFilters): string =>
  Object.entries(filters)
    .map(([name, filter]) => `${name}=${typeof filter === 'string' ? filter : JSON.stringify(filter)}`)
    .sort()
    .join('&');
