import {findMetadataProgress, type StepProgress} from '../domain/progress.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {iterateSteps, type StepTable} from '../domain/step-table.js';
import {buildRunPath, type RunPath} from '../domain/timeline/run-path.js';
import {findReadyAt, findStepSpan} from '../domain/timeline/run-spans.js';
import {getWorkMs, type StepSpan} from '../domain/timeline/step-span.js';
import {formatDuration} from '../format/duration.js';
import {type Line, renderPlain} from '../format/line.js';
import {pluralize} from '../format/plural.js';
import {formatProgress} from '../format/progress-words.js';
import {sanitizeText} from '../format/safe-text.js';
import {formatRoughDuration} from '../format/time-left-words.js';
import {renderCriticalPath} from './critical-path.js';
import type {KnownRun} from './known-run.js';

/** In milliseconds. Shorter waits are not mentioned. */
const minWaitMs = 1000;

/** The timeline in words, for screen readers: the critical path, and a sentence for each step with its waits and attempts. */
export const renderTimelineSentences = (known: KnownRun): readonly Line[] => {
  const found = buildRunPath(known);
  if (found === undefined) {
    return [[renderPlain('The run has not started.')]];
  }

  const sentences = Array.from(iterateSteps(known.table), step => {
    const {name} = step;
    const span = findStepSpan(step, found.times);
    const progress = span?.isLive === true ? findProgress(step, known) : undefined;
    const clauses = [
      ...(span === undefined ? [describePlanned(name, found)] : describeSpan(span, known.table, found)),
      ...(progress === undefined ? [] : [`at ${formatProgress(progress)}`]),
    ];
    return `${sanitizeText(name)} ${clauses.join(', ')}.`;
  });
  const furtherSentences = found.spans
    .filter(({kind}) => kind !== 'step')
    .map(span => describeChildRunOrQuestion(span, known, found));
  return [
    ...renderCriticalPath(known),
    ...[...sentences, ...furtherSentences].map((text): Line => [renderPlain(text)]),
  ];
};

/** A child run, or a question from when it was asked to its answer. */
const describeChildRunOrQuestion = (span: StepSpan, {table}: KnownRun, found: RunPath): string => {
  const name = sanitizeText(span.name);
  const duration = formatDuration(span.endedAt - span.startedAt);
  const critical = found.path?.steps.includes(span.name) === true ? ', on the critical path' : '';
  return span.kind === 'child-run'
    ? `The child run ${name} ${describeSpan(span, table, found).join(', ')}.`
    : `The question ${name} ${span.isLive ? `has waited ${duration} for an answer` : `waited ${duration} for its answer`}${critical}.`;
};

/** The progress that a running step reports in its metadata. */
const findProgress = (step: Step, {detailsById}: KnownRun): StepProgress | undefined => {
  const attempt = findLatestAttempt(step);
  return findMetadataProgress((attempt && detailsById.get(attempt.id))?.metadata ?? {});
};

const describePlanned = (name: string, {forecastsByName, times}: RunPath): string => {
  const forecast = forecastsByName.get(name);
  return times.isOver
    ? 'did not run'
    : forecast === undefined
      ? 'has not started'
      : `is expected to start in about ${formatRoughDuration(forecast.startAt - times.until)} and to take about ${formatRoughDuration(forecast.endAt - forecast.startAt)}`;
};

const describeSpan = (span: StepSpan, table: StepTable, {path, times, spans}: RunPath): readonly string[] => {
  const readyAt = span.upstream.length === 0 ? undefined : findReadyAt(span, table, times, spans);
  const waitMs = readyAt === undefined ? 0 : span.startedAt - readyAt;
  return [
    ...(waitMs >= minWaitMs ? [`waited ${formatDuration(waitMs)}`] : []),
    describeWork(span),
    ...(path?.steps.includes(span.name) === true ? ['on the critical path'] : []),
  ];
};

const describeWork = (span: StepSpan): string => {
  const status = span.attempts.at(-1)?.status ?? 'unknown';
  if (span.isInstant) {
    return `was ${status}`;
  }

  const attempts = span.attempts.length > 1 ? ` in ${pluralize(span.attempts.length, 'attempt')}` : '';
  const work = `${formatDuration(getWorkMs(span))}${attempts}`;
  if (span.isRetryPending) {
    return `ran for ${work} and is waiting for another attempt`;
  }

  return span.isLive ? `has been running for ${work}` : `ran for ${work}, status ${status}`;
};
