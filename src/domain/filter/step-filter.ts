import {type Phase, phaseOf, phases, type StepStatus, statuses} from '../status.js';
import {latestAttempt, type Step, stepStatus, stepStatusWord} from '../step.js';
import {nameMatcher} from './name-match.js';
import {type Term, termsOf, withAlternatives} from './terms.js';

/** What a list of steps can be filtered by. */
export const stepFilterKeys = ['status', 'name', 'group'] as const;

const keys: ReadonlySet<string> = new Set(stepFilterKeys);

/** Every word that a step can have for its status. */
export const stepStatuses: readonly StepStatus[] = [...statuses, 'unknown', 'waiting', 'not run'];

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Tried more than once. */
export const retriedWord = 'retried';

/** Takes or took longer than is usual. */
export const slowWord = 'slow';

/** Words that mean something by themselves; a step is also found by a name that has them. */
export const stepFilterWords: readonly string[] = [...new Set([slowWord, retriedWord, ...stepStatuses])].filter(
  word => !word.includes(' '),
);

/** Of these a step has one. */
const singleKeys: ReadonlySet<string> = new Set(['status', 'group']);

export const stepTermsOf = (text: string): readonly Term[] => withAlternatives(termsOf(text, keys), singleKeys);

/** Whether what the terms ask of a step changes while time goes by. */
export const asksForSlow = (terms: readonly Term[]): boolean =>
  terms.some(({key, values}) => key === undefined && values.includes(slowWord));

type Around = {
  readonly isRunOver: boolean;
  /** Of all steps: see `nameMatcher`. */
  readonly names: () => Iterable<string>;
  readonly isSlow: (step: Step) => boolean;
};

type Test = (step: Step) => boolean;

/** Tells whether a step is to be shown. Several values of a key, in one term or in many, are ways to be shown. */
export const stepFilter = (terms: readonly Term[], around: Around): Test => {
  const tests = terms.map(({key, values, isNot}): Test => {
    const ways = values.map(value => testFor(key, value, around));
    return step => ways.some(holds => holds(step)) !== isNot;
  });
  return step => tests.every(holds => holds(step));
};

const testFor = (key: string | undefined, value: string, around: Around): Test => {
  switch (key) {
    case 'status':
      return statusTest(value.toLowerCase(), around);

    case 'group':
      return groupTest(value.toLowerCase());

    case 'name':
      return nameTest(value, around);

    default:
      return wordTest(value, around);
  }
};

const nameTest = (value: string, {names}: Around): Test => {
  const isMeant = nameMatcher(value, names());
  return ({name}) => isMeant(name);
};

const wordTest = (value: string, around: Around): Test => {
  const word = value.toLowerCase();
  const hasName = nameTest(value, around);
  if (word === slowWord) {
    return step => around.isSlow(step) || step.name.toLowerCase().includes(word);
  }

  if (word === retriedWord || statusWords.has(word)) {
    const hasStatus = statusTest(word, around);
    return step => hasStatus(step) || step.name.toLowerCase().includes(word);
  }

  return hasName;
};

const wasRetried = (step: Step): boolean => step.attempts.length > 1 || (latestAttempt(step)?.number ?? 1) > 1;

/** By the start of our word or the server's; by a phase; `retried` for every step that was tried again. */
const statusTest = (value: string, {isRunOver}: Around): Test => {
  const isMeant = (phase: Phase) => phase.startsWith(value) && !statusWords.has(phase);
  const ofPhase: ReadonlySet<Phase> = new Set(phases.filter(isMeant));
  return step => {
    const status = stepStatus(step, isRunOver);
    return (
      status.startsWith(value) ||
      stepStatusWord(step, isRunOver).toLowerCase().startsWith(value) ||
      ofPhase.has(phaseOf(status)) ||
      (value === retriedWord && wasRetried(step))
    );
  };
};

const groupTest =
  (value: string): Test =>
  ({group}) =>
    group?.name.toLowerCase().includes(value) === true;
