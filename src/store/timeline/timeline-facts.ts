import type {DagChildRun} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import type {PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import type {Step} from '../../domain/step.js';
import type {StepTable} from '../../domain/step-table.js';
import type {CriticalPath} from '../../domain/timeline/critical-path.js';
import {buildRunPath, type RunPath} from '../../domain/timeline/run-path.js';
import {computeSaving, type Saving} from '../../domain/timeline/saving.js';
import {
  createFittedScale,
  createTimeScale,
  findFoldablePauses,
  findPauses,
  type TimeRange,
  type TimeScale,
} from '../../domain/timeline/scale.js';
import type {AttemptSpan} from '../../domain/timeline/step-span.js';
import {fitGrowingWindow, fitWindow, followNow, type TimeWindow} from '../../domain/timeline/window.js';
import type {OpenRun} from '../run/open-run.js';
import {getProgressEnds} from '../run-page/step-progress.js';

/** Everything that the timeline of a run needs. */
export type TimelineFacts = RunPath & {
  /** Names of the steps of the critical path, including those that are expected to follow. */
  readonly pathSteps: ReadonlySet<string>;
  /** The window that shows the whole run, with what is expected of it. */
  readonly fit: TimeWindow;
  /** The current or expected end of the run. */
  readonly lastEndAt: Instant;
};

/** `undefined` until the run has started. `now` is by the server's clock. */
export const getTimelineFacts = (
  {run, table, overAt, history, childRuns, questions, page}: OpenRun,
  now: Instant,
): TimelineFacts | undefined => {
  const progressEndsByName = getProgressEnds(table, page.progressById);
  return (
    run &&
    computeFacts(run, table, childRuns, questions, overAt !== undefined, now, history.pastRuns, progressEndsByName)
  );
};

const computeFacts = memoizeLast(
  (
    run: Run,
    table: StepTable,
    childRuns: readonly DagChildRun[],
    questions: readonly Question[],
    isOver: boolean,
    now: Instant,
    pastRuns: readonly PastRun[],
    progressEndsByName: ReadonlyMap<string, Instant>,
  ): TimelineFacts | undefined => {
    const runPath = buildRunPath({run, table, childRuns, questions, pastRuns, progressEndsByName, isOver, now});
    if (runPath === undefined) {
      return undefined;
    }

    const {path, times, forecastsByName, mapForecastsById} = runPath;
    const allForecasts = [
      ...forecastsByName.values(),
      ...[...mapForecastsById.values()].flatMap(({whole}) => whole ?? []),
    ];
    const lastEndAt = allForecasts.reduce((last, {endAt}) => Math.max(last, endAt), times.until);
    return {
      ...runPath,
      pathSteps: new Set([...(path?.steps ?? []), ...(path?.expectedSteps ?? [])]),
      lastEndAt,
      fit: isOver ? fitWindow(times.startedAt, lastEndAt) : fitGrowingWindow(times.startedAt, lastEndAt),
    };
  },
);

/** The attempts of all steps, and child runs. */
export const getAttempts = memoize(({stepSpans, spans}: TimelineFacts): readonly AttemptSpan[] => {
  const attempts: AttemptSpan[] = [];
  for (const span of stepSpans) {
    attempts.push(...span.attempts);
  }

  return [...attempts, ...spans.flatMap(span => (span.kind === 'child-run' ? span.attempts : []))];
});

/** The stretches of time in which nothing was running. */
export const getPauses = memoize((facts: TimelineFacts): readonly TimeRange[] =>
  findPauses(getAttempts(facts), facts.times.startedAt, facts.times.until),
);

/** Now, by the server's clock; `undefined` for a run that is over. */
export const findLiveUntil = ({times}: TimelineFacts): Instant | undefined => (times.isOver ? undefined : times.until);

/** The stretch of time on the screen. */
export const getTimeWindow = ({timeline}: OpenRun, {fit, times}: TimelineFacts): TimeWindow => {
  const {window, isFollowing} = timeline;
  if (window === undefined) {
    return fit;
  }

  return isFollowing && !times.isOver ? followNow(window, times.until, fit) : window;
};

/**
 * How the stretch of time on the screen maps to `cells` cells. Long pauses are folded if the user wants that, or if they would
 * take most of the width.
 */
export const getTimeScale = (openRun: OpenRun, facts: TimelineFacts, cells: number): TimeScale => {
  const window = getTimeWindow(openRun, facts);
  const {pauses, isAutomatic} = findFoldablePauses(getPauses(facts), window, findLiveUntil(facts));
  const foldedPauses = (openRun.timeline.isFoldingPauses ?? isAutomatic) ? pauses : [];
  return window === facts.fit
    ? createWholeScale(facts, cells, foldedPauses)
    : createTimeScale(window, cells, foldedPauses);
};

const createWholeScale = (
  {times, lastEndAt, fit}: TimelineFacts,
  cells: number,
  foldedPauses: readonly TimeRange[],
): TimeScale =>
  foldedPauses.length === 0
    ? createTimeScale(fit, cells)
    : createFittedScale(
        {startedAt: times.startedAt, endedAt: lastEndAt, isGrowing: !times.isOver},
        cells,
        foldedPauses,
      );

/** The scale for a picture of the whole run, in which pauses are folded only if they would take most of the width. */
export const getWholeScale = (facts: TimelineFacts, cells: number): TimeScale => {
  const {pauses, isAutomatic} = findFoldablePauses(getPauses(facts), facts.fit, findLiveUntil(facts));
  return createWholeScale(facts, cells, isAutomatic ? pauses : []);
};

/**
 * The time saved if a step of the critical path were instant; `undefined` for other steps, steps of a group, and a path of a
 * single step.
 */
export const findStepSaving = (openRun: OpenRun, {name, group}: Step, now: Instant): Saving | undefined => {
  const facts = getTimelineFacts(openRun, now);
  if (
    facts?.path === undefined ||
    facts.path.steps.length < 2 ||
    !facts.path.steps.includes(name) ||
    group !== undefined
  ) {
    return undefined;
  }

  return computeStepSaving(facts, facts.path, name);
};

/** Memoized, because every frame needs it, and it is not cheap for thousands of steps. */
export const computeStepSaving = memoizeLast(
  ({spans, times}: TimelineFacts, path: CriticalPath, name: string): Saving => computeSaving(spans, times, path, name),
);
