import type {FailureKind} from '../domain/failure.js';
import type {Run} from '../domain/run.js';
import {countOf} from '../domain/step-table.js';
import {type TimeLeft, timeLeft} from '../domain/time-left.js';
import {earlierRunsNeeds} from './earlier-needs.js';
import type {Need} from './query.js';
import {dueAfter} from './requests.js';
import {nowOf} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

const second = 1000;

/** `/dag` costs 750 bytes and 0.4 ms of the server a step: for larger runs that is more than a guess is worth. */
const mostSteps = 100;

/** So many earlier runs, the newest that ended well, say how long things take. */
const mostPastRuns = 5;

/** Between one of their graphs and the next: nobody needs them at once, and a start is busy enough. */
const restMs = 2 * second;

/** How long the run may still take; `undefined` where nothing tells. */
export const timeLeftOf = (state: State, watch: Watch): TimeLeft | undefined =>
  isEstimated(watch) && watch.run?.status !== 'paused'
    ? timeLeft(watch.earlier.pastRuns, watch.table, nowOf(state))
    : undefined;

/** The graphs of earlier runs of this pipeline, one after the other, each once. */
export const estimateNeeds = (state: State, watch: Watch): readonly Need[] => {
  const {runId, earlier} = watch;
  if (state.session.isScreenless === true || !isEstimated(watch)) {
    return [];
  }

  if (earlier.runs === undefined) {
    return earlierRunsNeeds(state, watch, restMs);
  }

  const next = earlier.runs
    .filter(({status}) => status === 'completed')
    .slice(0, mostPastRuns)
    .find(run => isUnseen(state, watch, run));
  return next === undefined
    ? []
    : [
        {
          key: graphKey(watch, next),
          query: {kind: 'earlier-dag', runId, earlierId: next.id},
          dueAt: dueAfter(state, graphKey(watch, next), restMs),
          restMs,
        },
      ];
};

/** A dynamic run finds its steps as it goes; after a failure nobody knows what still starts. */
const isEstimated = ({run, hasDag, hasPlan, overAt, table}: Watch): boolean =>
  run?.isDynamic === false &&
  overAt === undefined &&
  hasDag &&
  hasPlan &&
  table.structure.length <= mostSteps &&
  countOf(table.counts, 'failed', 'stopped', 'cancelled') === 0;

const graphKey = (watch: Watch, run: Run): string => `earlier-dag:${watch.runId}:${run.id}`;

/** What makes a graph not worth another try. */
const lasting: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'not-found',
  'no-route',
  'forbidden',
  'malformed',
  'too-large',
]);

const isUnseen = ({requests}: State, watch: Watch, run: Run): boolean => {
  const request = requests.get(graphKey(watch, run));
  return request === undefined || (request.asOf === undefined && !lasting.has(request.failure?.kind ?? 'timed-out'));
};
