import type {DagChildRun, DagStep} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {renderField} from '../../format/detail/field.js';
import {renderQuestion} from '../../format/detail/question-lines.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {formatAgo, formatLocalTime, type UtcOffset} from '../../format/time.js';

/** The facts about a child run, or about a step of one; `now` is by the server's clock. */
export const renderChildRun = (
  {status, startedAt}: Pick<DagChildRun | DagStep, 'status' | 'startedAt'>,
  kind: 'run' | 'child-step',
  now: Instant,
  getUtcOffset: UtcOffset,
): readonly Line[] => {
  const statusLine: readonly Line[] =
    status === undefined ? [] : [[{text: formatStatus(status), tone: getStatusTone(status.status)}]];
  const startLine: readonly Line[] =
    startedAt === undefined
      ? []
      : [[renderPlain(formatLocalTime(startedAt, now, getUtcOffset)), renderDim(` · ${formatAgo(startedAt, now)}`)]];
  return [
    ...renderField('status', statusLine),
    ...renderField('started', startLine),
    ...(kind === 'run'
      ? renderField('run', [
          [
            renderPlain('started by this run · '),
            renderStrong('enter'),
            renderPlain(' opens it, '),
            renderStrong('esc'),
            renderPlain(' returns'),
          ],
        ])
      : renderField('step', [
          [
            renderPlain('of a child run · '),
            renderStrong('enter'),
            renderPlain(' opens it there, '),
            renderStrong('esc'),
            renderPlain(' returns'),
          ],
        ])),
  ];
};

/** A question, and the key to answer it. */
export const renderQuestionRow = (
  question: Question,
  options: Parameters<typeof renderQuestion>[1],
): readonly Line[] => [
  ...renderQuestion(question, options),
  ...(question.isPending ? renderField('answer', [[renderStrong('a'), renderPlain(' answers it')]]) : []),
];
