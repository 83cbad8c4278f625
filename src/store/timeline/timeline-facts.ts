import type {Instant} from '../../domain/instant.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import type {Step} from '../../domain/step.js';
import type {StepTable} from '../../domain/step-table.js';
import {type CriticalPath, findCriticalPath} from '../../domain/timeline/critical-path.js';
import {buildForecast, type Forecast, findPacingStep} from '../../domain/timeline/forecast.js';
import {mergeGroups} from '../../domain/timeline/merge-groups.js';
import {buildRunSpans, getRunTimes} from '../../domain/timeline/run-spans.js';
import {computeSaving, type Saving} from '../../domain/timeline/saving.js';
import type {RunTimes, StepSpan} from '../../domain/timeline/step-span.js';
import {fitWindow, followNow, type TimeWindow} from '../../domain/timeline/window.js';
import type {OpenRun} from '../run/open-run.js';

/** Everything that the timeline of a run is drawn from. */
export type TimelineFacts = {
  readonly times: RunTimes;
  readonly spans: readonly StepSpan[];
  readonly spanByName: ReadonlyMap<string, StepSpan>;
  /** The spans with each group as one. */
  readonly mergedSpans: readonly StepSpan[];
  readonly path: CriticalPath | undefined;
  readonly pathSteps: ReadonlySet<string>;
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** The window that shows the whole run, with what is expected of it. */
  readonly fit: TimeWindow;
};

/** `undefined` until the run has started. `now` is by the server's clock. */
export const getTimelineFacts = ({run, table, overAt, history}: OpenRun, now: Instant): TimelineFacts | undefined =>
  run && computeFacts(run, table, overAt !== undefined, now, history.pastRuns);

const computeFacts = memoizeLast(
  (
    run: Run,
    table: StepTable,
    isOver: boolean,
    now: Instant,
    pastRuns: readonly PastRun[],
  ): TimelineFacts | undefined => {
    const times = getRunTimes(run, table, isOver, now);
    if (times === undefined) {
      return undefined;
    }

    const spans = buildRunSpans(table, times);
    const mergedSpans = mergeGroups(spans, table);
    const forecasts = isOver ? new Map<string, Forecast>() : buildForecast(table, pastRuns, now);
    const path = findCriticalPath(mergedSpans, times, findPacingStep(table, forecasts));
    const lastEndAt = [...forecasts.values()].reduce((last, {endAt}) => Math.max(last, endAt), times.until);
    return {
      times,
      spans,
      spanByName: new Map(spans.map(span => [span.name, span])),
      mergedSpans,
      path,
      pathSteps: new Set(path?.steps),
      forecasts,
      fit: fitWindow(times.startedAt, lastEndAt),
    };
  },
);

/** The stretch of time on the screen. */
export const getTimeWindow = ({timeline}: OpenRun, {fit, times}: TimelineFacts): TimeWindow => {
  const {window, isFollowing} = timeline;
  if (window === undefined) {
    return fit;
  }

  return isFollowing && !times.isOver ? followNow(window, times.until, fit) : window;
};

/** What making a step of the critical path instant would save; `undefined` for other steps, and for a run with a single step. */
export const findStepSaving = (openRun: OpenRun, {name, group}: Step, now: Instant): Saving | undefined => {
  const facts = getTimelineFacts(openRun, now);
  if (facts?.path === undefined || facts.path.steps.length < 2 || !facts.pathSteps.has(name) || group !== undefined) {
    return undefined;
  }

  return computeStepSaving(facts, facts.path, name);
};

/** A few milliseconds for 5,000 steps, and every frame asks for it again. */
const computeStepSaving = memoizeLast(
  ({mergedSpans, times}: TimelineFacts, path: CriticalPath, name: string): Saving =>
    computeSaving(mergedSpans, times, path, name),
);
