import type {Instant} from '../instant.js';
import {memoize} from '../memoize.js';
import type {Run} from '../run.js';
import {getRunEndAt} from '../run-end.js';
import {iterateSteps, type StepTable} from '../step-table.js';
import {buildStepSpan, type RunTimes, type StepSpan} from './step-span.js';

/** `undefined` until something has started. `now` is the server's time. */
export const getRunTimes = (run: Run, table: StepTable, isOver: boolean, now: Instant): RunTimes | undefined => {
  const startedAt = run.startedAt ?? findFirstStart(table);
  if (startedAt === undefined) {
    return undefined;
  }

  const until = isOver ? (getRunEndAt(run, table) ?? now) : now;
  return {startedAt, until: Math.max(startedAt, until), isOver};
};

const findFirstStart = memoize((table: StepTable): Instant | undefined => {
  let first: Instant | undefined;
  for (const {attempts} of iterateSteps(table)) {
    const at = attempts[0]?.startedAt;
    first = at === undefined ? first : Math.min(first ?? at, at);
  }

  return first;
});

/** The spans of all steps that have started, in the order of the pipeline. */
export const buildRunSpans = (table: StepTable, run: RunTimes): readonly StepSpan[] => {
  const spans: StepSpan[] = [];
  for (const step of iterateSteps(table)) {
    const span = buildStepSpan(step, run);
    if (span !== undefined) {
      spans.push(span);
    }
  }

  return spans;
};

/**
 * When everything that a step waits for had ended: the latest end of its upstream steps, or the start of the run.
 * `undefined` while one of them is unfinished or unknown.
 */
export const findReadyAt = (
  {upstream}: {readonly upstream: readonly string[]},
  spanByName: ReadonlyMap<string, StepSpan>,
  {startedAt}: RunTimes,
): Instant | undefined => {
  let readyAt = startedAt;
  for (const name of upstream) {
    const span = spanByName.get(name);
    if (span === undefined || span.isLive) {
      return undefined;
    }

    readyAt = Math.max(readyAt, span.endedAt);
  }

  return readyAt;
};
