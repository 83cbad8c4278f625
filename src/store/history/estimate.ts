import type {FailureKind} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import {unsuccessfulStatuses} from '../../domain/status.js';
import {countSteps, type StepTable} from '../../domain/step-table.js';
import {estimateTimeLeft, type TimeLeft} from '../../domain/time-left.js';
import type {Need} from '../query.js';
import {getDueAt} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import {getProgressLeftMs} from '../run-page/step-progress.js';
import {selectServerNow} from '../selectors.js';
import type {State} from '../state.js';
import {getPreviousRunsNeeds} from './previous-needs.js';

const second = 1000;

/** What `/dag` costs the server grows with the number of steps: for larger runs that is more than an estimate is worth. */
const maxSteps = 100;

/** At most this many previous runs, the newest that completed, go into the estimate. */
const maxPastRuns = 5;

/** The pause before each request for a previous run, in milliseconds: it is not urgent, and much else is fetched at the start. */
const restMs = 2 * second;

/** How much longer the run may take; `undefined` if nothing allows an estimate. */
export const selectTimeLeft = (state: State, openRun: OpenRun): TimeLeft | undefined =>
  canEstimate(openRun) && !isHeldUp(openRun)
    ? estimateTimeLeft(
        openRun.history.pastRuns,
        openRun.table,
        selectServerNow(state),
        getProgressLeftMs(openRun, selectServerNow(state)),
      )
    : undefined;

/** A paused run waits for a person, and one that is stopping starts no further steps. */
const isHeldUp = ({run}: OpenRun): boolean =>
  run?.status === 'paused' || run?.status === 'stopping' || run?.status === 'cancelling';

/** The list of previous runs of this pipeline, then their graphs, one after another, each fetched once. */
export const getEstimateNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {runId, history} = openRun;
  if (state.session.isScreenless === true || !(canEstimate(openRun) || canForecastItems(openRun))) {
    return [];
  }

  if (history.runs === undefined) {
    return getPreviousRunsNeeds(state, openRun, restMs);
  }

  const next = pickPastRuns(history.runs).find(run => isDagWanted(state, openRun, run));
  return next === undefined
    ? []
    : [
        {
          key: getPreviousDagKey(openRun, next),
          query: {
            kind: 'previous-dag',
            runId,
            previousId: next.id,
            projectId: next.projectId,
            startedAt: next.startedAt,
          },
          dueAt: getDueAt(state, getPreviousDagKey(openRun, next), restMs),
          restMs,
        },
      ];
};

/** The runs from which the time left of a later run is estimated. */
export const pickPastRuns = (runs: readonly Run[]): readonly Run[] =>
  runs.filter(({status}) => status === 'completed').slice(0, maxPastRuns);

const canEstimate = ({run, hasDag, hasPlan, endSeenAt, goneAt, table}: OpenRun): boolean =>
  run !== undefined &&
  endSeenAt === undefined &&
  goneAt === undefined &&
  hasDag &&
  hasPlan &&
  isForecastable(run, table);

/**
 * Whether it can be foreseen which steps the run will still start: a dynamic run discovers its steps as it runs; after a failure,
 * it is unknown which steps still follow; and for a large run, finding out would cost too much.
 */
export const isForecastable = (run: Run, table: StepTable): boolean =>
  run.isDynamic === false &&
  table.structure.length <= maxSteps &&
  countSteps(table.counts, ...unsuccessfulStatuses) === 0;

/**
 * Whether this is a dynamic run with a `map` whose items can be forecast from previous runs, as they are until enough of them have
 * ended.
 */
export const hasForecastableItems = (run: Run, {structure}: StepTable): boolean =>
  run.isDynamic === true &&
  structure.length <= maxSteps &&
  [...structure.groupsById.values()].some(({type}) => type === 'map');

const canForecastItems = ({run, timeline, overAt, goneAt, hasDag, table}: OpenRun): boolean =>
  timeline.isShown &&
  run !== undefined &&
  overAt === undefined &&
  goneAt === undefined &&
  hasDag &&
  hasForecastableItems(run, table);

const getPreviousDagKey = (openRun: OpenRun, run: Run): string => `previous-dag:${openRun.runId}:${run.id}`;

/** Failures after which fetching a graph again is pointless. */
const lastingFailures: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'not-found',
  'no-route',
  'forbidden',
  'malformed',
  'too-large',
]);

const isDagWanted = ({requestsByKey}: State, openRun: OpenRun, run: Run): boolean => {
  const request = requestsByKey.get(getPreviousDagKey(openRun, run));
  return (
    request === undefined || (request.asOf === undefined && !lastingFailures.has(request.failure?.kind ?? 'timed-out'))
  );
};
