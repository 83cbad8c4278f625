import type {StepDetail} from '../../domain/attempt.js';
import {isReused} from '../../domain/status.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {formatResources} from '../resources.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {renderFactField} from './field.js';
import type {AttemptInput} from './overview-input.js';

const maxNameCells = 60;

/** Step operator, runtime, resources and stack. */
export const renderOperator = ({detail, run, width}: AttemptInput): readonly Line[] => {
  if (detail === undefined) {
    return [];
  }

  const {stepOperator, runtime, settings} = detail.config;
  const stack = run?.stack?.name;
  const facts: readonly Line[] = [
    renderOperatorName(stepOperator),
    ...(runtime === undefined ? [] : [[renderDim(sanitizeText(runtime))]]),
    ...formatResources(settings).map(fact => [renderPlain(fact)]),
    ...(stack === undefined ? [] : [[renderDim(`stack ${sanitizeToWidth(stack, maxNameCells)}`)]]),
  ];
  return renderFactField('operator', facts, width);
};

const renderOperatorName = (stepOperator: string | undefined): Line => {
  if (stepOperator === undefined) {
    return [renderDim('none')];
  }

  return [renderStrong(stepOperator === 'true' ? 'stack default' : sanitizeToWidth(stepOperator, maxNameCells))];
};

/** `failure_hook_source` → `on failure notify.alert`. */
export const renderHooks = ({detail, width}: AttemptInput): readonly Line[] =>
  renderFactField('hooks', detail === undefined ? [] : renderHookFacts(detail), width);

const renderHookFacts = (detail: StepDetail): readonly Line[] =>
  Object.entries(detail.config.hooks).map(([key, path]) => [
    renderDim(`on ${sanitizeText(key.replace(/_hook_source$/, '').replaceAll('_', ' '))} `),
    renderPlain(sanitizeToWidth(path.split('.').slice(-2).join('.'), maxNameCells)),
  ]);

/** The import path of the step function. */
export const renderSourcePath = ({detail, width}: AttemptInput): readonly Line[] => {
  const source = detail?.spec.source;
  return source === undefined ? [] : renderFactField('code', [[renderDim(sanitizeText(source))]], width);
};

/** The log sources of the attempt. */
export const renderLogSources = ({attempt, width}: AttemptInput): readonly Line[] => {
  if (isReused(attempt.status)) {
    return [];
  }

  const facts = attempt.logSources.map(({source}) => [renderDim(sanitizeToWidth(source, maxNameCells))]);
  return renderFactField('logs', facts, width);
};
