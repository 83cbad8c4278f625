import type {DagChildRun, DagStep} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {isFinished} from '../../domain/status.js';
import {renderFactField, renderField} from '../../format/detail/field.js';
import {renderQuestion} from '../../format/detail/question-lines.js';
import {formatDuration} from '../../format/duration.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {formatAgo, formatLocalTime, type UtcOffset} from '../../format/time.js';
import {flowFacts} from '../../format/wrap.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import type {Session} from '../../store/session.js';
import type {State} from '../../store/state.js';

export type ChildLinesContext = Pick<State, 'session'> & {
  /** By the server's clock. */
  readonly now: Instant;
  readonly getUtcOffset: UtcOffset;
  readonly width: number;
};

/** The facts about a child run. `steps` are known once it has been expanded; `isOpen` is `undefined` if it cannot be expanded. */
export const renderChildRun = (
  child: DagChildRun,
  {steps, isOpen}: {readonly steps: readonly DagStep[] | undefined; readonly isOpen: boolean | undefined},
  context: ChildLinesContext,
): readonly Line[] => {
  const {session} = context;
  const hasFailed = child.status?.status === 'failed';
  return [
    ...renderTimed(child, context),
    ...renderFactField('steps', renderStepCounts(steps), context.width),
    ...renderKeys(
      'run',
      [
        [renderPlain('started by this run')],
        [renderKey('pane.open', session), renderPlain(hasFailed ? ' opens it and shows why it failed' : ' opens it')],
        isOpen === undefined
          ? []
          : [renderKey('group.toggle', session), renderPlain(isOpen ? ' hides its steps' : ' lists its steps here')],
        [renderKey('list.back', session), renderPlain(' returns')],
      ],
      context,
    ),
  ];
};

/** The facts about a step of a child run. */
export const renderChildStep = (step: DagStep, context: ChildLinesContext): readonly Line[] => [
  ...renderTimed(step, context),
  ...renderFactField('upstream', step.upstream.map(renderStepName), context.width),
  ...renderKeys(
    'step',
    [
      [renderPlain('of a child run')],
      [renderKey('pane.open', context.session), renderPlain(' opens it there')],
      [renderKey('list.back', context.session), renderPlain(' returns')],
    ],
    context,
  ),
];

const renderKey = (...command: Parameters<typeof formatCommandKey>) => renderStrong(formatCommandKey(...command));

const maxNameCells = 60;

const renderStepName = (name: string): Line => [renderPlain(sanitizeToWidth(name, maxNameCells))];

const renderKeys = (label: string, facts: readonly Line[], {width}: ChildLinesContext): readonly Line[] =>
  renderFactField(
    label,
    facts.filter(fact => fact.length > 0),
    width,
  );

/** Status, start and end. */
const renderTimed = (
  {status, startedAt, durationMs}: Pick<DagChildRun | DagStep, 'status' | 'startedAt' | 'durationMs'>,
  {now, getUtcOffset, width}: ChildLinesContext,
): readonly Line[] => {
  const statusLines: readonly Line[] =
    status === undefined ? [] : [[{text: formatStatus(status), tone: getStatusTone(status.status)}]];
  if (startedAt === undefined) {
    return renderField('status', statusLines);
  }

  const renderTime = (at: Instant): Line => [renderStrong(formatLocalTime(at, now, getUtcOffset))];
  const renderAgo = (at: Instant): Line => [renderDim(formatAgo(at, now))];
  const renderFacts = (label: string, facts: readonly Line[]): readonly Line[] => renderFactField(label, facts, width);
  const endedAt = durationMs === undefined ? undefined : startedAt + durationMs;
  return [
    ...renderField('status', statusLines),
    ...renderFacts(
      'started',
      endedAt === undefined ? [renderTime(startedAt), renderAgo(startedAt)] : [renderTime(startedAt)],
    ),
    ...(endedAt === undefined || durationMs === undefined
      ? []
      : renderFacts('ended', [
          renderTime(endedAt),
          [renderDim('took '), renderStrong(formatDuration(durationMs))],
          renderAgo(endedAt),
        ])),
  ];
};

/** `2 of 3 done · fit failed`. */
const renderStepCounts = (steps: readonly DagStep[] | undefined): readonly Line[] => {
  if (steps === undefined) {
    return [];
  }

  const done = steps.filter(({status}) => status !== undefined && isFinished(status.status));
  const failed = steps.filter(({status}) => status?.status === 'failed');
  return [
    [renderPlain(`${formatCount(done.length)} of ${formatCount(steps.length)} done`)],
    ...failed.map(({name}): Line => [{text: `${sanitizeToWidth(name, maxNameCells)} failed`, tone: 'bad'}]),
  ];
};

/** Shown in the other tabs: where to find the details that these tabs show for steps. */
export const renderDetailsHint = (
  kind: 'run' | 'child-step' | 'question',
  session: Session,
  width: number,
): readonly Line[] =>
  flowFacts(
    kind === 'question'
      ? [[renderDim('questions have only an overview')]]
      : [
          [
            renderKey('pane.open', session),
            renderDim(` opens the child run${kind === 'run' ? '' : ' at this step'}, which has these details`),
          ],
        ],
    width,
  );

/** A question, and the key to answer it. */
export const renderQuestionRow = (
  question: Question,
  options: Parameters<typeof renderQuestion>[1] & Pick<State, 'session'>,
): readonly Line[] => [
  ...renderQuestion(question, options),
  ...(question.isPending
    ? renderField('answer', [[renderKey('question.answer', options.session), renderPlain(' answers it')]])
    : []),
];
