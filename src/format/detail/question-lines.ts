import type {Instant} from '../../domain/instant.js';
import {buildAnswerForm} from '../../domain/intervention/answer-form.js';
import {isAbandoned, type Question} from '../../domain/intervention/question.js';
import {formatWholeSeconds} from '../duration.js';
import {formatJsonLine} from '../json-text.js';
import {createSegment, joinLines, type Line, renderDim, renderPlain} from '../line.js';
import {formatResolution} from '../question-words.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatLocalTime, type UtcOffset} from '../time.js';
import {wrapLine, wrapText} from '../wrap.js';
import {getValueCells, renderField} from './field.js';

type QuestionOptions = {
  /** By the server's clock. */
  readonly now: Instant;
  readonly getUtcOffset: UtcOffset;
  readonly width: number;
  /** The name of a user, if it is known. */
  readonly findUser?: ((id: string) => string | undefined) | undefined;
  /** Whether the form for the answer is shown below the question. */
  readonly hasForm?: boolean;
};

const maxValues = 8;
const maxValueCells = 80;
const maxHintCells = 300;

/** What a run asks, the metadata of the question, and whether a process still polls for the answer; or how it was answered. */
export const renderQuestion = (question: Question, options: QuestionOptions): readonly Line[] => {
  const {text, name, metadata} = question;
  const cells = getValueCells(options.width);
  const values = Object.entries(metadata).slice(0, maxValues);
  return renderField(question.isPending ? 'asks' : 'asked', [
    ...wrapText(sanitizeText(text ?? name), cells).map((line): Line => [createSegment(line, 'strong')]),
    ...values.map(
      ([key, value]): Line => [
        renderDim(`${sanitizeToWidth(key, 30)} `),
        renderPlain(formatJsonLine(value, maxValueCells)),
      ],
    ),
    ...(question.isPending && options.hasForm !== true ? wrapLine(renderExpected(question), cells) : []),
    ...wrapLine(question.isPending ? renderPoll(question, options) : renderResolution(question, options), cells),
  ]);
};

/**
 * What can be answered, from the schema: `answer yes or no`, `answer target (staging or prod), replicas (a whole number, 1 to 10)`.
 */
const renderExpected = ({schema}: Question): Line => {
  const {fields} = buildAnswerForm(schema);
  const hints = fields.map(({key, hint}) => (key === undefined ? hint : `${key} (${hint})`));
  return [
    renderDim('answer '),
    renderPlain(hints.length === 0 ? 'to continue; no value needed' : sanitizeToWidth(hints.join(', '), maxHintCells)),
  ];
};

/** Since when the run has been waiting, and whether a process is still polling for the answer. */
const renderPoll = (question: Question, {now}: QuestionOptions): Line => {
  const {createdAt, lastPolledAt} = question;
  const since: Line = createdAt === undefined ? [] : [renderDim(`for ${formatWholeSeconds(now - createdAt)}`)];
  if (lastPolledAt === undefined) {
    return since;
  }

  const silence = formatWholeSeconds(now - lastPolledAt);
  const poll = isAbandoned(question, now)
    ? createSegment(`no process has polled for the answer for ${silence}`, 'warning')
    : renderDim(`its process polled ${silence} ago`);
  return joinLines([since, [poll]], '  ');
};

const renderResolution = (question: Question, {now, getUtcOffset, findUser}: QuestionOptions): Line => {
  const {resolvedAt, resolvedById} = question;
  const time = resolvedAt === undefined ? '' : ` ${formatLocalTime(resolvedAt, now, getUtcOffset)}`;
  const name =
    resolvedById === undefined ? undefined : (findUser?.(resolvedById) ?? `user ${resolvedById.slice(0, 8)}`);
  return [
    renderPlain(formatResolution(question)),
    renderDim(`${time}${name === undefined ? '' : ` by ${sanitizeToWidth(name, 60)}`}`),
  ];
};
