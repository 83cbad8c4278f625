import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Exception} from '../../domain/exception.js';
import {getElapsedMs} from '../../domain/instant.js';
import {getMaxAttempts} from '../../domain/retry.js';
import {findLatestAttempt} from '../../domain/step.js';
import {formatDuration} from '../duration.js';
import {type Line, renderDim, renderStrong, type Segment} from '../line.js';
import {pluralize} from '../plural.js';
import {formatPythonType} from '../python-type.js';
import {renderRetry} from '../retry-words.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {findRaisedMessage, parseTraceback} from '../traceback.js';
import {wrapLine} from '../wrap.js';
import {getValueCells, renderFactField, renderField} from './field.js';
import type {AttemptInput} from './overview-input.js';

/**
 * Why an attempt failed, in a few words: the message, else the class. Servers before 0.94.1 store only a
 * traceback, from which the reason is then taken. `undefined` if there is none.
 */
export const formatFailureReason = (exception: Exception | undefined): string | undefined => {
  const message = sanitizeToWidth(exception?.message ?? '', maxReasonCells);
  if (message !== '') {
    return message;
  }

  if (exception?.source !== undefined) {
    return formatPythonType(exception.source);
  }

  const raised = exception?.traceback === undefined ? undefined : parseTraceback(exception.traceback).at(-1);
  const raisedMessage = findRaisedMessage(raised);
  return raisedMessage === undefined ? undefined : sanitizeToWidth(raisedMessage, maxReasonCells);
};

const maxReasonCells = 80;

/** The number of the attempt, how many failed before it, and how the last of those failed. */
export const renderAttempt = ({step, attempt, detail, findDetail, width}: AttemptInput): readonly Line[] => {
  const max = detail === undefined ? 1 : getMaxAttempts(detail.config.retry);
  if (step.attempts.length <= 1 && (max <= 1 || detail?.config.retry?.includesFirstAttempt === true)) {
    return [];
  }

  const of: readonly Segment[] = max >= attempt.number && max > 1 ? [renderDim(' of '), renderStrong(String(max))] : [];
  const previous = step.attempts.filter(({number}) => number < attempt.number);
  const latest = findLatestAttempt(step)?.number ?? attempt.number;
  const facts: readonly Line[] = [
    [renderStrong(String(attempt.number)), ...of],
    ...(latest > attempt.number ? [[renderDim('latest is '), renderStrong(String(latest))]] : []),
    renderPreviousAttempts(previous, findDetail),
  ];
  return renderFactField('attempt', facts, width);
};

const renderPreviousAttempts = (
  previous: readonly Attempt[],
  findDetail: ((id: Attempt['id']) => StepDetail | undefined) | undefined,
): Line => {
  const last = previous.at(-1);
  if (last === undefined) {
    return [];
  }

  const tookMs = last.endedAt === undefined ? undefined : getElapsedMs(last, last.endedAt);
  const after = tookMs === undefined ? '' : ` after ${formatDuration(tookMs)}`;
  const failures = previous.length === 1 ? 'first failed' : `${pluralize(previous.length, 'attempt')} failed, last one`;
  const reason = formatFailureReason(findDetail?.(last.id)?.exception);
  return [
    renderDim(`${failures}${after}`),
    ...(reason === undefined ? [] : [renderDim(': '), {text: reason, tone: 'bad'} as const]),
  ];
};

export const renderRetryField = ({detail, width}: AttemptInput): readonly Line[] =>
  detail === undefined ? [] : renderField('retry', wrapLine(renderRetry(detail.config.retry), getValueCells(width)));
