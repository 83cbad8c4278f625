import {foldCase} from '../fold-case.js';
import {getPhase, type Phase, phases, type StepStatus, statuses} from '../status.js';
import {findLatestAttempt, getStepStatus, getStepStatusWord, type Step} from '../step.js';
import {createNameMatcher} from './name-match.js';
import {mergeAlternatives, parseTerms, type Term} from './terms.js';

/** The keys of filters in the list of steps. */
export const stepFilterKeys = ['status', 'name', 'group'] as const;

const keys: ReadonlySet<string> = new Set(stepFilterKeys);

/** Every status that a step can have. */
export const stepStatuses: readonly StepStatus[] = [...statuses, 'unknown', 'waiting', 'not run'];

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Matches steps with several attempts. */
const retriedWord = 'retried';

/** Matches steps that take or took longer than usual. */
const slowWord = 'slow';

/** Words that are filters by themselves. They also match names that contain them. */
export const stepFilterWords: readonly string[] = [...new Set([slowWord, retriedWord, ...stepStatuses])].filter(
  word => !word.includes(' '),
);

/** Keys for which a step has at most one value. */
const singleKeys: ReadonlySet<string> = new Set(['status', 'group']);

/** Parses a filter of the list of steps. */
export const parseStepTerms = (text: string): readonly Term[] => mergeAlternatives(parseTerms(text, keys), singleKeys);

/** Whether a word of the filter is `slow`, so that the result changes as time passes. */
export const hasSlowTerm = (terms: readonly Term[]): boolean =>
  terms.some(({key, values}) => key === undefined && values.includes(slowWord));

type StepFilterContext = {
  readonly isRunOver: boolean;
  /** The names of all steps; see `createNameMatcher`. */
  readonly listNames: () => Iterable<string>;
  readonly isSlow: (step: Step) => boolean;
};

type StepTest = (step: Step) => boolean;

/** Returns a test for whether a step passes the filter: it must match all terms, and any of the values of each. */
export const createStepFilter = (terms: readonly Term[], context: StepFilterContext): StepTest => {
  const tests = terms.map(({key, values, isNegated}): StepTest => {
    const alternatives = values.map(value => createTest(key, value, context));
    return step => alternatives.some(isMatch => isMatch(step)) !== isNegated;
  });
  return step => tests.every(isMatch => isMatch(step));
};

const createTest = (key: string | undefined, value: string, context: StepFilterContext): StepTest => {
  switch (key) {
    case 'status':
      return createStatusTest(value.toLowerCase(), context);

    case 'group':
      return createGroupTest(foldCase(value));

    case 'name':
      return createNameTest(value, context);

    default:
      return createWordTest(value, context);
  }
};

const createNameTest = (value: string, {listNames}: StepFilterContext): StepTest => {
  const isMeant = createNameMatcher(value, listNames());
  return ({name}) => isMeant(name);
};

const createWordTest = (value: string, context: StepFilterContext): StepTest => {
  const word = foldCase(value);
  const hasName = createNameTest(value, context);
  if (word === slowWord) {
    return step => context.isSlow(step) || foldCase(step.name).includes(word);
  }

  if (word === retriedWord || statusWords.has(word)) {
    const hasStatus = createStatusTest(word, context);
    return step => hasStatus(step) || foldCase(step.name).includes(word);
  }

  return hasName;
};

const isRetried = (step: Step): boolean => step.attempts.length > 1 || (findLatestAttempt(step)?.number ?? 1) > 1;

/**
 * Matches a status of zentop or of the server by its beginning, a phase by its beginning, and for `retried` any step with a retry.
 */
const createStatusTest = (value: string, {isRunOver}: StepFilterContext): StepTest => {
  const isMeant = (phase: Phase) => phase.startsWith(value) && !statusWords.has(phase);
  const matchingPhases: ReadonlySet<Phase> = new Set(phases.filter(isMeant));
  return step => {
    const status = getStepStatus(step, isRunOver);
    return (
      status.startsWith(value) ||
      getStepStatusWord(step, isRunOver).toLowerCase().startsWith(value) ||
      matchingPhases.has(getPhase(status)) ||
      (value === retriedWord && isRetried(step))
    );
  };
};

const createGroupTest =
  (value: string): StepTest =>
  ({group}) =>
    group !== undefined && foldCase(group.name).includes(value);
