import type {DagChildRun} from '../dag.js';
import type {Instant} from '../instant.js';
import type {Question} from '../intervention/question.js';
import type {PastRun} from '../past-run.js';
import type {Run} from '../run.js';
import type {StepTable} from '../step-table.js';
import {buildChildSpan, buildQuestionSpan} from './child-span.js';
import {type CriticalPath, findCriticalPath} from './critical-path.js';
import {buildForecasts, type Forecast, findExpectedPath} from './forecast.js';
import {buildMapForecasts, type MapForecast} from './item-forecast.js';
import {mergeGroups} from './merge-groups.js';
import {buildRunSpans, getRunTimes} from './run-spans.js';
import {computeSaving, type Saving} from './saving.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** When the steps of a run ran, its critical path, and what is expected. */
export type RunPath = {
  /** `undefined` if no step has started. */
  readonly path: CriticalPath | undefined;
  readonly times: RunTimes;
  /** Of the steps that have started. */
  readonly stepSpans: readonly StepSpan[];
  /** The same with each group as one span, child runs, and questions. */
  readonly spans: readonly StepSpan[];
  readonly forecastsByName: ReadonlyMap<string, Forecast>;
  /** Forecasts for the maps of a dynamic run, by group ID. */
  readonly mapForecastsById: ReadonlyMap<string, MapForecast>;
};

/** What is known about a run. `now` is by the server's clock. */
export type PathFacts = {
  readonly run: Run;
  readonly table: StepTable;
  readonly childRuns: readonly DagChildRun[];
  readonly questions: readonly Question[];
  readonly pastRuns: readonly PastRun[];
  /** When running steps will end, according to the progress they report. */
  readonly progressEndsByName?: ReadonlyMap<string, Instant>;
  readonly isOver: boolean;
  readonly now: Instant;
};

/** Builds the path and the forecasts of a run; `undefined` until the run has started. */
export const buildRunPath = (facts: PathFacts): RunPath | undefined => {
  const {run, table, childRuns, questions, pastRuns, progressEndsByName, isOver, now} = facts;
  const times = getRunTimes(run, table, isOver, now);
  if (times === undefined) {
    return undefined;
  }

  const stepSpans = buildRunSpans(table, times);
  const childSpans = childRuns.flatMap(child => buildChildSpan(child, times) ?? []);
  const working = [...mergeGroups(stepSpans, table), ...childSpans];
  // Work comes last, so that it takes precedence over an open question if both last until now.
  const spans = [...buildQuestionSpans(questions, working, times), ...working];
  // The steps of a dynamic run are not known in advance, except for the items of its maps.
  const isPlanned = run.isDynamic !== true;
  const mapForecastsById =
    isOver || isPlanned ? new Map<string, MapForecast>() : buildMapForecasts(table, pastRuns, now);
  const stepForecastsByName = isOver
    ? new Map<string, Forecast>()
    : buildForecasts(table, isPlanned ? pastRuns : [], now, progressEndsByName);
  const forecastsByName = new Map([
    ...[...mapForecastsById.values()].flatMap(({itemForecastsByName}) => [...itemForecastsByName]),
    ...stepForecastsByName,
  ]);
  const path = findCriticalPath(
    spans,
    times,
    findLongestMap(table, mapForecastsById) ?? findExpectedPath(table, stepForecastsByName),
  );
  return {path, times, stepSpans, spans, forecastsByName, mapForecastsById};
};

/** The `map` that is expected to run longest; nothing in a dynamic run is known to outlast it. */
const findLongestMap = (
  {structure}: StepTable,
  mapForecastsById: ReadonlyMap<string, MapForecast>,
): readonly string[] | undefined => {
  const wholes = [...mapForecastsById].flatMap(([id, {whole}]) =>
    whole === undefined ? [] : [{id, endAt: whole.endAt}],
  );
  const [longest] = wholes.sort((one, other) => other.endAt - one.endAt);
  const group = structure.groupsById.get(longest?.id ?? '');
  return group === undefined || group.indexes.length < 2 ? undefined : [group.name];
};

/** Leaves out a question with the name of another span: a path consists of names, so only one of them could be on it. */
const buildQuestionSpans = (
  questions: readonly Question[],
  workingSpans: readonly StepSpan[],
  times: RunTimes,
): readonly StepSpan[] => {
  if (questions.length === 0) {
    return [];
  }

  const names = new Set(workingSpans.map(({name}) => name));
  return questions.flatMap(question => {
    const span = names.has(question.name) ? undefined : buildQuestionSpan(question, times);
    names.add(question.name);
    return span ?? [];
  });
};

/** At most this many steps are compared: only the longest ones matter. */
const maxCompared = 50;

/** The step on the path that would save the most time if it took none; `undefined` if no step would save any. */
export const findLargestSaving = ({path, times, spans}: RunPath): (Saving & {readonly step: string}) | undefined => {
  if (path === undefined) {
    return undefined;
  }

  const onPath = spans
    .filter(({name, kind, isInstant}) => kind !== 'question' && !isInstant && path.steps.includes(name))
    .sort((a, b) => b.endedAt - b.startedAt - (a.endedAt - a.startedAt))
    .slice(0, maxCompared);
  return onPath.reduce<(Saving & {readonly step: string}) | undefined>((best, {name}) => {
    const saving = computeSaving(spans, times, path, name);
    return saving.ms > (best?.ms ?? 0) ? {...saving, step: name} : best;
  }, undefined);
};
