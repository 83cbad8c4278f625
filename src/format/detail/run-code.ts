import type {Run} from '../../domain/run.js';
import {getPhase, isFinished, isReused, statuses} from '../../domain/status.js';
import {countSteps, type StatusCounts} from '../../domain/step-table.js';
import {cutLine, type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {pluralize} from '../plural.js';
import type {ConfigView} from './config-lines.js';
import {createUnmarkedLines, type MarkedLine} from './content.js';
import {renderFactField, renderField} from './field.js';
import {renderCodeFields} from './run-setup.js';
import {renderTree} from './tree.js';

/** Statuses of a step that ran instead of being served from the cache or skipped, with or without success. */
const ranStatuses = statuses.filter(status => isFinished(status) && !isReused(status));
const runningStatuses = statuses.filter(status => getPhase(status) === 'active');

/** Whether caching is on for the run, and how many steps were served from the cache, ran, are running, or were skipped. */
export const renderRunCache = (run: Run, counts: StatusCounts, width: number): readonly Line[] => {
  const setting = run.config?.isCacheEnabled;
  const words = setting === undefined ? 'on by default' : setting ? 'on' : 'off';
  const facts: readonly Line[] = [
    [renderStrong(pluralize(counts.cached ?? 0, 'step')), renderDim(' from the cache')],
    [renderPlain(pluralize(countSteps(counts, ...ranStatuses), 'step')), renderDim(' ran')],
    ...renderFurtherSteps(countSteps(counts, ...runningStatuses), 'running'),
    ...renderFurtherSteps(countSteps(counts, 'skipped'), 'skipped'),
  ];
  return [
    ...renderField('cache', [[renderPlain(words), renderDim(', unless a step overrides it')]]),
    ...renderFactField('steps', facts, width),
  ].map(line => cutLine(line, width));
};

const renderFurtherSteps = (count: number, word: string): readonly Line[] =>
  count === 0 ? [] : [[renderPlain(pluralize(count, 'step')), renderDim(` ${word}`)]];

/** Where the code came from, and the environments that started and ran it. */
export const renderRunCode = (run: Run, view: Omit<ConfigView, 'filter'>): readonly MarkedLine[] => {
  const {context} = run;
  if (context === undefined) {
    return [{line: [renderDim('loading…')]}];
  }

  const tree = renderTree(
    {started_by: context.clientEnvironment, orchestrator: context.orchestratorEnvironment},
    {width: view.width, indent: 0, path: 'environment', isToggled: view.isToggled, openLevels: 1},
  );
  return [...createUnmarkedLines(renderCodeFields({run, width: view.width})), {line: []}, ...tree];
};
