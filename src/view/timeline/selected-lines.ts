import type {DagChildRun, DagStep} from '../../domain/dag.js';
import type {Question} from '../../domain/intervention/question.js';
import {getMedian} from '../../domain/median.js';
import {getWorkTimes} from '../../domain/past-run.js';
import {isFinished} from '../../domain/status.js';
import {findStep, findStepAt} from '../../domain/step-table.js';
import {buildChildSpan} from '../../domain/timeline/child-span.js';
import {findStepSpan} from '../../domain/timeline/run-spans.js';
import type {AttemptSpan, StepSpan} from '../../domain/timeline/step-span.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import {formatDuration} from '../../format/duration.js';
import {createSegment, joinLines, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {middleDot} from '../../format/marks.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus} from '../../format/status-words.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import {renderPathSums, renderSaving, renderWait, renderWork} from '../../format/timeline/path-words.js';
import {formatWait} from '../../format/wait-words.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findSelectedRow} from '../../store/selectors.js';
import {computeStepSaving, type TimelineFacts} from '../../store/timeline/timeline-facts.js';

const dot = ` ${middleDot} `;
const maxNameCells = 60;
const maxQuestionCells = 100;

const renderName = (name: string): Line => [renderStrong(sanitizeToWidth(name, maxNameCells))];

/** What the selected row of the timeline did, waited for, and could save. */
export const renderSelected = (openRun: OpenRun, facts: TimelineFacts): readonly Line[] => {
  const row = findSelectedRow(openRun);
  switch (row?.kind) {
    case undefined:
      return [];

    case 'this-run':
      return [joinLines([renderName('run'), renderRunTime(facts)], dot), renderSums(facts)];

    case 'question':
      return renderQuestion(row.question, facts);

    case 'run':
      return renderChildRun(openRun, row, facts);

    case 'child-step':
      return [
        joinLines([renderName(row.step.name), [renderDim('step of a child run')], renderTimed(row.step, facts)], dot),
      ];

    case 'group': {
      const name = openRun.table.structure.groupsById.get(row.groupId)?.name ?? '';
      const span = facts.spans.find(each => each.name === name);
      return span === undefined ? [renderNotStarted(name, facts)] : renderSpan(openRun, facts, span);
    }

    case 'step': {
      const step = findStepAt(openRun.table, row.index);
      const name = step?.name ?? '';
      const span = step && findStepSpan(step, facts.times);
      return [
        ...(span === undefined ? [renderNotStarted(name, facts)] : renderSpan(openRun, facts, span)),
        ...renderWaitReason(openRun, row.index, facts),
      ];
    }
  }
};

/** The reason comes last: on low screens, what the row shows matters more. */
const renderWaitReason = (openRun: OpenRun, place: number, {times}: TimelineFacts): readonly Line[] => {
  const step = findStepAt(openRun.table, place);
  const wait = step && findWaitReason(step, getWaitFacts(openRun));
  return wait === undefined ? [] : [[renderDim('waiting  '), renderPlain(formatWait(wait, times.until))]];
};

const renderRunTime = ({times}: TimelineFacts): Line => [
  renderDim(times.isOver ? 'took ' : 'running for '),
  renderPlain(formatDuration(times.until - times.startedAt)),
];

const renderNotStarted = (name: string, {forecasts, times, path}: TimelineFacts): Line => {
  const forecast = forecasts.get(name);
  return joinLines(
    [
      renderName(name),
      [renderDim(times.isOver ? 'did not run' : 'has not started')],
      forecast === undefined
        ? []
        : [
            renderDim('expected in '),
            renderPlain(`~${formatRoughDuration(forecast.startAt - times.until)}`),
            renderDim(', to take '),
            renderPlain(`~${formatRoughDuration(forecast.endAt - forecast.startAt)}`),
          ],
      path?.expectedSteps.includes(name) === true ? [renderPlain('on the critical path')] : [],
    ],
    dot,
  );
};

const renderQuestion = (
  {name, text, isPending, createdAt, resolvedAt, resolution}: Question,
  {times}: TimelineFacts,
) => {
  const ms = createdAt === undefined ? undefined : (isPending ? times.until : (resolvedAt ?? times.until)) - createdAt;
  const duration = ms === undefined ? '' : ` ${formatDuration(Math.max(0, Math.floor(ms / 1000) * 1000))}`;
  const words = isPending
    ? `has waited${duration} for an answer`
    : `was ${resolution === 'abort' ? 'aborted' : 'answered'} after${duration}`;
  return [
    joinLines([renderName(name), [renderDim(words)], isPending ? [renderStrong('a'), renderDim(' answers')] : []], dot),
    ...(text === undefined ? [] : [[renderPlain(sanitizeToWidth(text, maxQuestionCells))]]),
  ];
};

const renderTimed = (
  timed: Pick<DagChildRun | DagStep, 'name' | 'status' | 'startedAt' | 'durationMs'>,
  facts: TimelineFacts,
): Line => {
  const span = buildChildSpan(timed, facts.times);
  return span === undefined ? [renderDim('has not started')] : renderWork(span);
};

const renderChildRun = (
  {childDags}: OpenRun,
  {child, isOpen}: Extract<Row, {readonly kind: 'run'}>,
  facts: TimelineFacts,
): readonly Line[] => {
  const steps = child.id === undefined ? undefined : childDags.get(child.id)?.steps;
  const doneCount = steps?.filter(({status}) => status !== undefined && isFinished(status.status)).length ?? 0;
  const place = facts.path?.steps.indexOf(child.name) ?? -1;
  const previous = facts.spans.find(({name}) => place > 0 && name === facts.path?.steps[place - 1]);
  const waitMs = previous === undefined ? 0 : (child.startedAt ?? 0) - previous.endedAt;
  return [
    joinLines(
      [
        renderName(child.name),
        [renderDim('child run')],
        renderTimed(child, facts),
        steps === undefined ? [] : [renderDim(`${doneCount} of ${steps.length} steps done`)],
        place === -1 ? [] : [renderPlain('on the critical path')],
      ],
      dot,
    ),
    previous === undefined
      ? []
      : [
          renderDim(
            `started ${formatDuration(Math.max(0, waitMs))} after ${sanitizeToWidth(previous.name, maxNameCells)} ended`,
          ),
        ],
    joinLines(
      [
        [renderStrong('enter'), renderDim(' opens it')],
        isOpen === undefined
          ? []
          : [renderStrong('space'), renderDim(isOpen ? ' hides its steps' : ' shows its steps here')],
      ],
      dot,
    ),
  ].filter(line => line.length > 0);
};

const renderSpan = (openRun: OpenRun, facts: TimelineFacts, span: StepSpan): readonly Line[] => {
  const isCritical = facts.pathSteps.has(span.name);
  const usualMs = getMedian(getWorkTimes(openRun.history.pastRuns, span.name));
  const first = joinLines(
    [
      renderName(span.name),
      span.isInstant
        ? [renderDim(formatStatus({status: span.attempts[0]?.status ?? 'unknown', statusWord: ''}))]
        : renderWork(span),
      usualMs === undefined || span.isInstant ? [] : [renderDim('usually '), renderPlain(formatDuration(usualMs))],
      isCritical ? [renderPlain('on the critical path')] : [renderDim('not on the critical path')],
      renderSkew(span),
    ],
    dot,
  );
  return [
    first,
    renderBlocker(openRun, facts, span),
    ...renderAttempts(facts, span),
    joinLines([isCritical ? renderSavingOfSpan(facts, span) : [], renderSums(facts)], dot),
  ].filter(line => line.length > 0);
};

/** The bar was moved by this much: workers have clocks of their own. */
const renderSkew = ({attempts}: StepSpan): Line => {
  const ms = attempts.at(-1)?.clockBehindMs ?? 0;
  const where = ms > 0 ? 'behind' : 'ahead of';
  return ms === 0
    ? []
    : [createSegment(`its clock is ${formatDuration(Math.abs(ms))} ${where} the server's`, 'warning')];
};

const renderSums = ({path}: TimelineFacts): Line => {
  const sums = path === undefined ? [] : renderPathSums(path);
  return sums.length === 0 ? [] : [renderDim('path: '), ...sums];
};

const renderSavingOfSpan = (facts: TimelineFacts, {name}: StepSpan): Line =>
  facts.path === undefined ? [] : renderSaving(computeStepSaving(facts, facts.path, name));

const renderBlocker = ({table}: OpenRun, {spans, path, times}: TimelineFacts, span: StepSpan): Line => {
  const place = path?.steps.indexOf(span.name) ?? -1;
  const before = place > 0 ? path?.steps[place - 1] : undefined;
  const upstream = findStep(table, span.name)?.upstream ?? span.upstream;
  const blockers = spans.filter(({name}) => (before === undefined ? upstream.includes(name) : name === before));
  const blocker = blockers.reduce<StepSpan | undefined>(
    (last, each) => (last === undefined || each.endedAt > last.endedAt ? each : last),
    undefined,
  );
  const readyAt = blocker?.endedAt ?? times.startedAt;
  return renderWait(span, readyAt, blocker?.name, path?.slotSteps.has(span.name) ?? false);
};

/** The attempts before the last one: when they failed, and how long the pause after them was. */
const renderAttempts = ({times}: TimelineFacts, {attempts}: StepSpan): readonly Line[] =>
  attempts
    .slice(0, -1)
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
