import type {Attempt} from '../domain/attempt.js';
import {getMaxAttempts} from '../domain/retry.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {findStep, type StepTable} from '../domain/step-table.js';
import type {RunChange, StepChange} from './change.js';
import {getDurationMs, type KnownRun} from './known-run.js';

/**
 * What happened to a run between two looks at it; without a look before, everything is told as it was found. Each attempt
 * whose status is another than before is one change, in the pipeline's order, so that two polls that came as one lose
 * nothing. A run is told before its steps when it is found, and after them when it changes, for that is how it goes.
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

/** Tables share the chunks in which nothing changed. */
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

/** Those that came after the one that was told last, and that one if it changed. What came to light before it is history. */
const findNewAttempts = (told: Attempt | undefined, {attempts}: Step): readonly Attempt[] => {
  const place = told === undefined ? 0 : attempts.findIndex(({id}) => id === told.id);
  return attempts.slice(place).filter(({id, statusWord}) => id !== told?.id || statusWord !== told.statusWord);
};

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
    attempt: attempt.number,
    maxAttempts: config && getMaxAttempts(config.retry),
    tookMs: getDurationMs(attempt, known),
    exception: detailsById.get(attempt.id)?.exception,
  };
};
