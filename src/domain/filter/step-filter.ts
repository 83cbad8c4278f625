import {getPhase, type Phase, phases, type StepStatus, statuses} from '../status.js';
import {findLatestAttempt, getStepStatus, getStepStatusWord, type Step} from '../step.js';
import {createNameMatcher} from './name-match.js';
import {mergeAlternatives, parseTerms, type Term} from './terms.js';

/** What a list of steps can be filtered by. */
export const stepFilterKeys = ['status', 'name', 'group'] as const;

const keys: ReadonlySet<string> = new Set(stepFilterKeys);

/** Every word that a step can have for its status. */
export const stepStatuses: readonly StepStatus[] = [...statuses, 'unknown', 'waiting', 'not run'];

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Tried more than once. */
const retriedWord = 'retried';

/** Takes or took longer than is usual. */
const slowWord = 'slow';

/** Words that mean something by themselves; a step is also found by a name that has them. */
export const stepFilterWords: readonly string[] = [...new Set([slowWord, retriedWord, ...stepStatuses])].filter(
  word => !word.includes(' '),
);

/** Of these a step has one. */
const singleKeys: ReadonlySet<string> = new Set(['status', 'group']);

export const parseStepTerms = (text: string): readonly Term[] => mergeAlternatives(parseTerms(text, keys), singleKeys);

/** Whether what the terms ask of a step changes while time goes by. */
export const hasSlowTerm = (terms: readonly Term[]): boolean =>
  terms.some(({key, values}) => key === undefined && values.includes(slowWord));

type StepFilterContext = {
  readonly isRunOver: boolean;
  /** Of all steps: see `nameMatcher`. */
  readonly names: () => Iterable<string>;
  readonly isSlow: (step: Step) => boolean;
};

type StepTest = (step: Step) => boolean;

/** Tells whether a step is to be shown. Several values of a key, in one term or in many, are ways to be shown. */
export const createStepFilter = (terms: readonly Term[], around: StepFilterContext): StepTest => {
  const tests = terms.map(({key, values, isNot}): StepTest => {
    const ways = values.map(value => createTest(key, value, around));
    return step => ways.some(holds => holds(step)) !== isNot;
  });
  return step => tests.every(holds => holds(step));
};

const createTest = (key: string | undefined, value: string, around: StepFilterContext): StepTest => {
  switch (key) {
    case 'status':
      return createStatusTest(value.toLowerCase(), around);

    case 'group':
      return createGroupTest(value.toLowerCase());

    case 'name':
      return createNameTest(value, around);

    default:
      return createWordTest(value, around);
  }
};

const createNameTest = (value: string, {names}: StepFilterContext): StepTest => {
  const isMeant = createNameMatcher(value, names());
  return ({name}) => isMeant(name);
};

const createWordTest = (value: string, around: StepFilterContext): StepTest => {
  const word = value.toLowerCase();
  const hasName = createNameTest(value, around);
  if (word === slowWord) {
    return step => around.isSlow(step) || step.name.toLowerCase().includes(word);
  }

  if (word === retriedWord || statusWords.has(word)) {
    const hasStatus = createStatusTest(word, around);
    return step => hasStatus(step) || step.name.toLowerCase().includes(word);
  }

  return hasName;
};

const isRetried = (step: Step): boolean => step.attempts.length > 1 || (findLatestAttempt(step)?.number ?? 1) > 1;

/** By the start of our word or the server's; by a phase; `retried` for every step that was tried again. */
const createStatusTest = (value: string, {isRunOver}: StepFilterContext): StepTest => {
  const isMeant = (phase: Phase) => phase.startsWith(value) && !statusWords.has(phase);
  const ofPhase: ReadonlySet<Phase> = new Set(phases.filter(isMeant));
  return step => {
    const status = getStepStatus(step, isRunOver);
    return (
      status.startsWith(value) ||
      getStepStatusWord(step, isRunOver).toLowerCase().startsWith(value) ||
      ofPhase.has(getPhase(status)) ||
      (value === retriedWord && isRetried(step))
    );
  };
};

const createGroupTest =
  (value: string): StepTest =>
  ({group}) =>
    group?.name.toLowerCase().includes(value) === true;
