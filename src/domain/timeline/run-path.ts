import type {Instant} from '../instant.js';
import type {Run} from '../run.js';
import type {StepTable} from '../step-table.js';
import {type CriticalPath, findCriticalPath} from './critical-path.js';
import {mergeGroups} from './merge-groups.js';
import {buildRunSpans, getRunTimes} from './run-spans.js';
import {computeSaving, type Saving} from './saving.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** The critical path of a run, and what it was computed from. */
export type RunPath = {
  readonly path: CriticalPath;
  readonly times: RunTimes;
  /** Each group as one span. */
  readonly spans: readonly StepSpan[];
};

/** `undefined` until a step has started. `now` is by the server's clock. */
export const findRunPath = (run: Run, table: StepTable, isOver: boolean, now: Instant): RunPath | undefined => {
  const times = getRunTimes(run, table, isOver, now);
  if (times === undefined) {
    return undefined;
  }

  const spans = mergeGroups(buildRunSpans(table, times), table);
  const path = findCriticalPath(spans, times);
  return path && {path, times, spans};
};

/** More steps than this are not compared: the longest ones are what matters. */
const maxCompared = 50;

/** The step of the path that would save most if it took no time; `undefined` if none would save anything. */
export const findLargestSaving = ({path, times, spans}: RunPath): (Saving & {readonly step: string}) | undefined => {
  const onPath = spans
    .filter(({name, isInstant}) => !isInstant && path.steps.includes(name))
    .sort((a, b) => b.endedAt - b.startedAt - (a.endedAt - a.startedAt))
    .slice(0, maxCompared);
  return onPath.reduce<(Saving & {readonly step: string}) | undefined>((best, {name}) => {
    const saving = computeSaving(spans, times, path, name);
    return saving.ms > (best?.ms ?? 0) ? {...saving, step: name} : best;
  }, undefined);
};
