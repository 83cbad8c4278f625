import {getMedian} from '../../domain/median.js';
import {getWorkTimes} from '../../domain/past-run.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import type {MapForecast} from '../../domain/timeline/item-forecast.js';
import type {AttemptSpan, StepSpan} from '../../domain/timeline/step-span.js';
import {formatFailureReason} from '../../format/detail/attempt-lines.js';
import {formatDuration} from '../../format/duration.js';
import {createSegment, joinLines, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {middleDot} from '../../format/marks.js';
import {formatProgress} from '../../format/progress-words.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus} from '../../format/status-words.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import {renderPathSums, renderSaving, renderWait, renderWork} from '../../format/timeline/path-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findStepProgress} from '../../store/run-page/step-progress.js';
import {computeStepSaving, type TimelineFacts} from '../../store/timeline/timeline-facts.js';

/** Separates the facts in a line. */
export const dot = ` ${middleDot} `;

const maxNameCells = 60;

export const renderName = (name: string): Line => [renderStrong(sanitizeToWidth(name, maxNameCells))];

/** What a step did, or a group as a whole: what it waited for, its attempts, and what it could save. */
export const renderSpan = (openRun: OpenRun, facts: TimelineFacts, span: StepSpan): readonly Line[] => {
  const isCritical = facts.pathSteps.has(span.name);
  const item = facts.mapForecastsById.get(findStep(openRun.table, span.name)?.group?.id ?? '');
  const usualMs = getMedian(getWorkTimes(openRun.history.pastRuns, span.name));
  const first = joinLines(
    [
      renderName(span.name),
      span.isInstant
        ? [renderDim(formatStatus({status: span.attempts[0]?.status ?? 'unknown', statusWord: ''}))]
        : renderWork(span),
      renderProgress(openRun, facts, span),
      item !== undefined || usualMs === undefined || span.isInstant
        ? []
        : [renderDim('usually '), renderPlain(formatDuration(usualMs))],
      span.isInstant ? [] : renderItemTime(item),
      isCritical ? [renderPlain('on the critical path')] : [renderDim('not on the critical path')],
      renderSkew(span),
    ],
    dot,
  );
  return [
    first,
    renderError(openRun, span),
    renderBlocker(openRun, facts, span),
    ...renderAttempts(facts, span),
    joinLines([isCritical ? renderSavingOfSpan(facts, span) : [], renderTimeSums(facts)], dot),
  ].filter(line => line.length > 0);
};

/** The first line of the message of a step that has failed for good: `error  the loss is not a number`. */
const renderError = ({table, detailsById}: OpenRun, {name}: StepSpan): Line => {
  const step = findStep(table, name);
  const attempt = step && findLatestAttempt(step);
  const exception = attempt?.status === 'failed' ? detailsById.get(attempt.id)?.exception : undefined;
  const message = exception?.message?.trim().split('\n')[0];
  const reason = formatFailureReason(exception && {...exception, message});
  return reason === undefined ? [] : [renderDim('error  '), createSegment(reason, 'bad')];
};

/** How long an item usually takes. The words say whether that is known from this run or from previous ones, which may differ. */
export const renderItemTime = (forecast: MapForecast | undefined): Line =>
  forecast === undefined
    ? []
    : [
        renderDim(forecast.item.from === 'this-run' ? 'items take ' : 'items of previous runs took '),
        renderPlain(formatDuration(forecast.item.ms)),
      ];

/** The progress that a running step reports, and its time left, by that progress or by previous runs. */
const renderProgress = (openRun: OpenRun, {forecastsByName, times}: TimelineFacts, {name, isLive}: StepSpan): Line => {
  const step = isLive ? findStep(openRun.table, name) : undefined;
  const attempt = step && findLatestAttempt(step);
  const progress = attempt && findStepProgress(openRun, attempt);
  const forecast = isLive ? forecastsByName.get(name) : undefined;
  return joinLines(
    [
      progress === undefined ? [] : [renderPlain(formatProgress(progress))],
      forecast === undefined
        ? []
        : [renderDim('left '), renderPlain(`~${formatRoughDuration(forecast.endAt - times.until)}`)],
    ],
    dot,
  );
};

/** How far the bar was moved, because the worker's clock differs from the server's. */
const renderSkew = ({attempts}: StepSpan): Line => {
  const ms = attempts.at(-1)?.clockBehindMs ?? 0;
  const where = ms > 0 ? 'behind' : 'ahead of';
  return ms === 0
    ? []
    : [createSegment(`its clock is ${formatDuration(Math.abs(ms))} ${where} the server's`, 'warning')];
};

/** What the time on the critical path was spent on. */
export const renderTimeSums = ({path}: TimelineFacts): Line => {
  const sums = path === undefined ? [] : renderPathSums(path);
  return sums.length === 0 ? [] : [renderDim('path: '), ...sums];
};

const renderSavingOfSpan = (facts: TimelineFacts, {name}: StepSpan): Line =>
  facts.path === undefined ? [] : renderSaving(computeStepSaving(facts, facts.path, name));

const renderBlocker = ({table}: OpenRun, {spans, path, times}: TimelineFacts, span: StepSpan): Line => {
  const index = path?.steps.indexOf(span.name) ?? -1;
  const before = index > 0 ? path?.steps[index - 1] : undefined;
  const upstream = findStep(table, span.name)?.upstream ?? span.upstream;
  const blockers = spans.filter(({name}) => (before === undefined ? upstream.includes(name) : name === before));
  const blocker = blockers.reduce<StepSpan | undefined>(
    (last, each) => (last === undefined || each.endedAt > last.endedAt ? each : last),
    undefined,
  );
  const readyAt = blocker?.endedAt ?? times.startedAt;
  return renderWait(span, readyAt, blocker, path?.slotSteps.has(span.name) ?? false);
};

/**
 * The attempts that failed, if another one follows: when they ran, and how long the pause after them was. The last attempt is one
 * of them only while a retry is pending.
 */
const renderAttempts = ({times}: TimelineFacts, {attempts, isRetryPending}: StepSpan): readonly Line[] =>
  attempts
    .slice(0, isRetryPending ? undefined : -1)
    .map((attempt, index) => renderAttempt(attempt, attempts[index + 1], times.startedAt))
    .slice(-maxAttempts);

/** Earlier attempts are in the step's details. */
const maxAttempts = 2;

const renderAttempt = (attempt: AttemptSpan, next: AttemptSpan | undefined, origin: number): Line => {
  const pauseMs = next === undefined ? 0 : next.startedAt - attempt.endedAt;
  return [
    renderDim(`attempt ${attempt.number}  `),
    renderPlain(`${formatDuration(attempt.startedAt - origin)} – ${formatDuration(attempt.endedAt - origin)}`),
    renderDim(`  failed after ${formatDuration(attempt.endedAt - attempt.startedAt)}`),
    ...(pauseMs > 0 ? [renderDim(`, then waited ${formatDuration(pauseMs)} (retry delay)`)] : []),
  ];
};
