import type {Attempt} from '../domain/attempt.js';
import {maxAttempts} from '../domain/retry.js';
import {latestAttempt, type Step} from '../domain/step.js';
import {type StepTable, stepNamed} from '../domain/step-table.js';
import type {RunChange, StepChange} from './change.js';
import {type KnownRun, tookMs} from './known-run.js';

/**
 * What happened to a run between two looks at it; without a look before, everything is told as it was found. Each attempt
 * whose status is another than before is one change, in the pipeline's order, so that two polls that came as one lose
 * nothing. A run is told before its steps when it is found, and after them when it changes, for that is how it goes.
 */
export const changesBetween = (before: KnownRun | undefined, after: KnownRun): readonly (RunChange | StepChange)[] => {
  const steps = changedSteps(before?.table, after.table);
  const stepChanges = steps.flatMap(step => changesOfStep(before && stepNamed(before.table, step.name), step, after));
  const runChanges = changesOfRun(before, after);
  return before === undefined ? [...runChanges, ...stepChanges] : [...stepChanges, ...runChanges];
};

/** Tables share the chunks in which nothing changed. */
const changedSteps = (before: StepTable | undefined, after: StepTable): readonly Step[] => {
  const known = new Set(before?.chunks);
  return after.chunks.flatMap(chunk => (known.has(chunk) ? [] : chunk));
};

const changesOfRun = (before: KnownRun | undefined, {run, now}: KnownRun): readonly RunChange[] =>
  before?.run.statusWord === run.statusWord && before.run.statusReason === run.statusReason
    ? []
    : [{type: 'run', at: now, run, from: before?.run.statusWord}];

const wordOf = (step: Step): string => latestAttempt(step)?.statusWord ?? 'waiting';

const changesOfStep = (before: Step | undefined, step: Step, known: KnownRun): readonly StepChange[] => {
  if (before === step) {
    return [];
  }

  if (step.attempts.length === 0) {
    return before === undefined ? [plannedChange(step, known)] : [];
  }

  const changes: StepChange[] = [];
  let from = before && wordOf(before);
  for (const attempt of attemptsSince(before && latestAttempt(before), step)) {
    changes.push(attemptChange(step, attempt, from, known));
    from = attempt.statusWord;
  }

  return changes;
};

/** Those that came after the one that was told last, and that one if it changed. What came to light before it is history. */
const attemptsSince = (told: Attempt | undefined, {attempts}: Step): readonly Attempt[] => {
  const place = told === undefined ? 0 : attempts.findIndex(({id}) => id === told.id);
  return attempts.slice(place).filter(({id, statusWord}) => id !== told?.id || statusWord !== told.statusWord);
};

const plannedChange = ({name}: Step, {now}: KnownRun): StepChange => ({
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

const attemptChange = (step: Step, attempt: Attempt, from: string | undefined, known: KnownRun): StepChange => {
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
    maxAttempts: config && maxAttempts(config.retry),
    tookMs: tookMs(attempt, known),
    exception: detailsById.get(attempt.id)?.exception,
  };
};
