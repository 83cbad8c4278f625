import type {StepDetail} from '../../domain/attempt.js';
import {dim, type Line, plain, strong} from '../line.js';
import {resourceFacts} from '../resources.js';
import {safeText} from '../safe-text.js';
import {flowFacts} from '../wrap.js';
import {field, valueCells} from './field.js';
import type {AttemptInput} from './overview-input.js';

const longestName = 60;

/** What runs the step, and on what: operator, runtime, resources. */
export const operatorLines = ({detail, run, width}: AttemptInput): readonly Line[] => {
  if (detail === undefined) {
    return [];
  }

  const {stepOperator, runtime, settings} = detail.config;
  const stack = run?.stack?.name;
  const facts: readonly Line[] = [
    operatorWords(stepOperator),
    ...(runtime === undefined ? [] : [[dim(safeText(runtime))]]),
    ...resourceFacts(settings).map(fact => [plain(fact)]),
    ...(stack === undefined ? [] : [[dim(`stack ${safeText(stack, {maxCells: longestName})}`)]]),
  ];
  return field('operator', flowFacts(facts, valueCells(width)));
};

const operatorWords = (stepOperator: string | undefined): Line => {
  if (stepOperator === undefined) {
    return [dim('none')];
  }

  return [strong(stepOperator === 'true' ? 'that of the stack' : safeText(stepOperator, {maxCells: longestName}))];
};

/** `failure_hook_source` → `on failure notify.alert`. */
export const hookLines = ({detail, width}: AttemptInput): readonly Line[] =>
  field('hooks', detail === undefined ? [] : flowFacts(hookFacts(detail), valueCells(width)));

const hookFacts = (detail: StepDetail): readonly Line[] =>
  Object.entries(detail.config.hooks).map(([key, path]) => [
    dim(`on ${safeText(key.replace(/_hook_source$/, '').replaceAll('_', ' '))} `),
    plain(safeText(path.split('.').slice(-2).join('.'), {maxCells: longestName})),
  ]);

/** Where the step function stands. */
export const codeLines = ({detail, width}: AttemptInput): readonly Line[] => {
  const source = detail?.spec.source;
  return source === undefined ? [] : field('code', flowFacts([[dim(safeText(source))]], valueCells(width)));
};

/** Which logs the server has of the attempt. */
export const logLines = ({attempt, width}: AttemptInput): readonly Line[] => {
  if (attempt.status === 'cached' || attempt.status === 'skipped') {
    return [];
  }

  const facts = attempt.logSources.map(({source}) => [dim(safeText(source, {maxCells: longestName}))]);
  return facts.length === 0 ? [] : field('logs', flowFacts(facts, valueCells(width)));
};
