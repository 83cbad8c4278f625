import {findStep, findStepAt} from '../../domain/step-table.js';
import {computeSaving} from '../../domain/timeline/saving.js';
import type {AttemptSpan, StepSpan} from '../../domain/timeline/step-span.js';
import {formatDuration} from '../../format/duration.js';
import {blankLine, cutLine, joinLines, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {middleDot} from '../../format/marks.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus} from '../../format/status-words.js';
import {
  formatPathLabel,
  renderPath,
  renderPathSums,
  renderSaving,
  renderWait,
  renderWork,
} from '../../format/timeline/path-words.js';
import {parseGroupRowKey} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedRow} from '../../store/selectors.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';

const dot = ` ${middleDot} `;

/** Below the timeline: the critical path, and what the selected row did and waited for. At most `height` lines. */
export const renderTimelinePanel = (
  openRun: OpenRun,
  facts: TimelineFacts,
  theme: Theme,
  {width, height}: {readonly width: number; readonly height: number},
): readonly Line[] => {
  if (height <= 0) {
    return [];
  }

  const step = renderSelected(openRun, facts);
  const lines =
    height === 1
      ? step.slice(0, 1)
      : [[renderDim(theme.glyph.line.repeat(width))], ...renderPathLines(facts, theme), ...step];
  const shown = lines.slice(0, height).map(line => cutLine(line, width));
  return [...shown, ...Array.from({length: height - shown.length}, () => blankLine)];
};

const renderPathLines = (facts: TimelineFacts, {isAscii}: Theme): readonly Line[] =>
  facts.path === undefined ? [] : [[renderDim(`${formatPathLabel(facts)}  `), ...renderPath(facts.path, isAscii)]];

/** The span that the selection stands for: a step, or a group as a whole. */
const findSelectedSpan = (openRun: OpenRun, facts: TimelineFacts): StepSpan | undefined => {
  const row = findSelectedRow(openRun);
  if (row?.kind === 'group') {
    const group = openRun.table.structure.groupsById.get(parseGroupRowKey(row.key) ?? '');
    return facts.spans.find(({name}) => name === group?.name);
  }

  const step = row?.kind === 'step' ? findStepAt(openRun.table, row.index) : undefined;
  return step && facts.spanByName.get(step.name);
};

const renderSelected = (openRun: OpenRun, facts: TimelineFacts): readonly Line[] => {
  const span = findSelectedSpan(openRun, facts);
  if (span === undefined) {
    return [[renderDim('has not started')]];
  }

  const isCritical = facts.pathSteps.has(span.name);
  const first = joinLines(
    [
      [renderStrong(sanitizeToWidth(span.name, 60))],
      span.isInstant
        ? [renderDim(formatStatus({status: span.attempts[0]?.status ?? 'unknown', statusWord: ''}))]
        : renderWork(span),
      isCritical ? [renderPlain('on the critical path')] : [renderDim('not on the critical path')],
    ],
    dot,
  );
  return [
    first,
    renderBlocker(openRun, facts, span),
    ...renderAttempts(facts, span),
    ...renderCritical(facts, span, isCritical),
  ].filter(line => line.length > 0);
};

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

const renderCritical = ({path, spans, times}: TimelineFacts, span: StepSpan, isCritical: boolean): readonly Line[] =>
  path === undefined
    ? []
    : [
        joinLines(
          [
            isCritical ? renderSaving(computeSaving(spans, times, path, span.name)) : [],
            [renderDim('path: '), ...renderPathSums(path)],
          ],
          dot,
        ),
      ];

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
