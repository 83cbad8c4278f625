import {type Attempt, findAttemptNumber} from '../domain/attempt.js';
import {getMaxAttempts} from '../domain/retry.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {findStep, iterateSteps, type StepTable} from '../domain/step-table.js';
import type {RunChange, StepChange} from './change.js';
import {getDurationMs, type KnownRun} from './known-run.js';

/**
 * The changes between two observations of a run; without a previous one, everything is reported in its current state. Each
 * attempt with a new status is one change, in pipeline order, so that nothing is lost when two polls are combined. A run is
 * reported before its steps when it is first seen, and after them when it changes, as that is the order of events.
 */
export const findRunChangesSince = (
  before: KnownRun | undefined,
  after: KnownRun,
): readonly (RunChange | StepChange)[] => {
  const steps = findChangedSteps(before?.table, after.table);
  const stepChanges = steps.flatMap(step => findStepChanges(before && findStep(before.table, step.name), step, after));
  const runChanges = findRunChanges(before, after);
  return before === undefined ? [...runChanges, ...stepChanges] : [...stepChanges, ...runChanges];
};

/** Unchanged chunks are shared between tables, so only new ones are compared. */
const findChangedSteps = (before: StepTable | undefined, after: StepTable): readonly Step[] => {
  const known = new Set(before?.chunks);
  return after.chunks.flatMap(chunk => (known.has(chunk) ? [] : chunk));
};

const findRunChanges = (before: KnownRun | undefined, {run, now}: KnownRun): readonly RunChange[] =>
  before?.run.statusWord === run.statusWord && before.run.statusReason === run.statusReason
    ? []
    : [{type: 'run', at: now, run, from: before?.run.statusWord}];

const getStatusWord = (step: Step): string => findLatestAttempt(step)?.statusWord ?? 'waiting';

const findStepChanges = (before: Step | undefined, step: Step, known: KnownRun): readonly StepChange[] => {
  if (before === step) {
    return [];
  }

  if (step.attempts.length === 0) {
    return before === undefined ? [createPlannedChange(step, known)] : [];
  }

  const changes: StepChange[] = [];
  let from = before && getStatusWord(before);
  for (const attempt of findNewAttempts(before && findLatestAttempt(before), step)) {
    changes.push(createAttemptChange(step, attempt, from, known));
    from = attempt.statusWord;
  }

  return changes;
};

/**
 * The attempts after the last reported one, and that one if its status changed. Earlier ones are not reported again. If the last
 * reported one no longer exists, only the newest attempt is reported.
 */
const findNewAttempts = (reported: Attempt | undefined, {attempts}: Step): readonly Attempt[] => {
  const index = reported === undefined ? 0 : attempts.findIndex(({id}) => id === reported.id);
  return attempts.slice(index).filter(({id, statusWord}) => id !== reported?.id || statusWord !== reported.statusWord);
};

/** One change to `not run` for each step without a step run; to be reported once the run is over. */
export const findNotRunChanges = (known: KnownRun): readonly StepChange[] =>
  [...iterateSteps(known.table)]
    .filter(({attempts}) => attempts.length === 0)
    .map(step => ({...createPlannedChange(step, known), from: 'waiting', to: 'not run', status: 'not run'}));

const createPlannedChange = ({name}: Step, {now}: KnownRun): StepChange => ({
  type: 'step',
  at: now,
  name,
  from: undefined,
  to: 'waiting',
  status: 'waiting',
  attempt: undefined,
  maxAttempts: undefined,
  tookMs: undefined,
  exception: undefined,
});

const createAttemptChange = (step: Step, attempt: Attempt, from: string | undefined, known: KnownRun): StepChange => {
  const {detailsById} = known;
  // All attempts of a step have the same configuration.
  const config = step.attempts.map(({id}) => detailsById.get(id)?.config).find(one => one !== undefined);
  return {
    type: 'step',
    at: known.now,
    name: step.name,
    from,
    to: attempt.statusWord,
    status: attempt.status,
    attempt: findAttemptNumber(attempt),
    maxAttempts: config && getMaxAttempts(config.retry),
    tookMs: getDurationMs(attempt, known),
    exception: detailsById.get(attempt.id)?.exception,
  };
};
