import {type DagChildRun, type DagStep, getChildRunLabel, getChildRunTitle} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {isFinished} from '../../domain/status.js';
import {findStepAt} from '../../domain/step-table.js';
import {buildChildSpan} from '../../domain/timeline/child-span.js';
import {findStepSpan} from '../../domain/timeline/run-spans.js';
import type {StepSpan} from '../../domain/timeline/step-span.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {joinLines, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import {formatAfterEnd, renderWork} from '../../format/timeline/path-words.js';
import {formatWaitValue, getWaitLabel} from '../../format/wait-words.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findSelectedRow} from '../../store/selectors.js';
import type {Session} from '../../store/session.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';
import {renderSelectedGroup} from './selected-group.js';
import {dot, renderName, renderSpan, renderTimeSums} from './selected-span.js';

const maxQuestionCells = 100;

/** What the selected row of the timeline did, waited for, and could save. */
export const renderSelectedRow = (openRun: OpenRun, facts: TimelineFacts, session: Session): readonly Line[] => {
  const row = findSelectedRow(openRun);
  switch (row?.kind) {
    case undefined:
      return [];

    case 'this-run':
      return [joinLines([renderName('run'), renderRunTime(facts)], dot), renderTimeSums(facts)];

    case 'question':
      return renderQuestion(row.question, facts, session);

    case 'run':
      return renderChildRun(openRun, row, facts, session);

    case 'child-step':
      return [
        joinLines([renderName(row.step.name), [renderDim('step of a child run')], renderTimed(row.step, facts)], dot),
      ];

    case 'group': {
      const group = openRun.table.structure.groupsById.get(row.groupId);
      if (group === undefined) {
        return [];
      }

      // A single item is not merged into a span of its group.
      const only = group.indexes.length === 1 ? findStepAt(openRun.table, group.indexes[0] ?? -1)?.name : undefined;
      const span = facts.spans.find(({name}) => name === (only ?? group.name));
      return span === undefined
        ? [renderNotStarted(group.name, facts)]
        : renderSelectedGroup(openRun, facts, group, span);
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

/** The reason comes last: on short screens, what the row shows matters more. */
const renderWaitReason = (openRun: OpenRun, index: number, {times}: TimelineFacts): readonly Line[] => {
  const step = findStepAt(openRun.table, index);
  const wait = step && findWaitReason(step, getWaitFacts(openRun));
  return wait === undefined
    ? []
    : [joinLines([[renderDim(getWaitLabel(wait))], [renderPlain(formatWaitValue(wait, times.until))]], '  ')];
};

const renderRunTime = ({times}: TimelineFacts): Line => [
  renderDim(times.isOver ? 'took ' : 'running for '),
  renderPlain(formatDuration(times.until - times.startedAt)),
];

const renderNotStarted = (name: string, {forecastsByName, times, path}: TimelineFacts): Line => {
  const forecast = forecastsByName.get(name);
  return joinLines(
    [
      renderName(name),
      [renderDim(times.isOver ? 'did not run' : 'has not started')],
      forecast === undefined
        ? []
        : [
            renderDim('expected to start in '),
            renderPlain(`~${formatRoughDuration(forecast.startAt - times.until)}`),
            renderDim(' and take '),
            renderPlain(`~${formatRoughDuration(forecast.endAt - forecast.startAt)}`),
          ],
      path?.expectedSteps.includes(name) === true ? [renderPlain('on the critical path')] : [],
    ],
    dot,
  );
};

const renderQuestion = (
  {name, text, isPending, createdAt, resolvedAt, resolution}: Question,
  {times, pathSteps}: TimelineFacts,
  session: Session,
) => {
  const endedAt = isPending ? times.until : resolvedAt;
  const duration =
    createdAt === undefined || endedAt === undefined ? undefined : formatWholeSeconds(endedAt - createdAt);
  const outcome = resolution === 'abort' ? 'was aborted' : 'was answered';
  const words = isPending
    ? `has waited${duration === undefined ? '' : ` ${duration}`} for an answer`
    : `${outcome}${duration === undefined ? '' : ` after ${duration}`}`;
  return [
    joinLines(
      [
        renderName(name),
        [renderDim(words)],
        isPending ? [renderStrong(formatCommandKey('question.answer', session)), renderDim(' answers')] : [],
        pathSteps.has(name) ? [renderPlain('on the critical path')] : [],
      ],
      dot,
    ),
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
  {childDagsById}: OpenRun,
  {child, isOpen}: Extract<Row, {readonly kind: 'run'}>,
  facts: TimelineFacts,
  session: Session,
): readonly Line[] => {
  const steps = child.id === undefined ? undefined : childDagsById.get(child.id)?.steps;
  const doneCount = steps?.filter(({status}) => status !== undefined && isFinished(status.status)).length ?? 0;
  const index = facts.path?.steps.indexOf(getChildRunTitle(child)) ?? -1;
  const previous =
    index === -1
      ? findLastBefore(facts, child.startedAt)
      : facts.spans.find(({name}) => index > 0 && name === facts.path?.steps[index - 1]);
  const waitMs = previous === undefined ? 0 : (child.startedAt ?? 0) - previous.endedAt;
  return [
    joinLines(
      [
        renderName(getChildRunLabel(child)),
        [renderDim('child run')],
        renderTimed(child, facts),
        steps === undefined ? [] : [renderDim(`${formatCount(doneCount)} of ${formatCount(steps.length)} steps done`)],
        index === -1 ? [] : [renderPlain('on the critical path')],
      ],
      dot,
    ),
    previous === undefined
      ? []
      : [renderDim(`started ${formatDuration(Math.max(0, waitMs))} ${formatAfterEnd(previous)}`)],
    joinLines(
      [
        [renderStrong(formatCommandKey('pane.open', session)), renderDim(' opens it')],
        isOpen === undefined
          ? []
          : [
              renderStrong(formatCommandKey('group.toggle', session)),
              renderDim(isOpen ? ' hides its steps' : ' shows its steps here'),
            ],
      ],
      dot,
    ),
  ].filter(line => line.length > 0);
};

/** The last span that had ended when a child run that is not on the critical path started. */
const findLastBefore = ({spans}: TimelineFacts, startedAt: Instant | undefined): StepSpan | undefined =>
  startedAt === undefined
    ? undefined
    : spans
        .filter(({endedAt, isLive}) => !isLive && endedAt <= startedAt)
        .reduce<StepSpan | undefined>(
          (last, span) => (last === undefined || span.endedAt > last.endedAt ? span : last),
          undefined,
        );
