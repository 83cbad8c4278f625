import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Exception} from '../../domain/exception.js';
import {elapsedMs} from '../../domain/instant.js';
import {maxAttempts, waitAfterAttemptSeconds} from '../../domain/retry.js';
import {latestAttempt} from '../../domain/step.js';
import {formatDuration} from '../duration.js';
import {dim, type Line, type Segment, strong} from '../line.js';
import {plural} from '../plural.js';
import {shortType} from '../python-type.js';
import {retryWords} from '../retry-words.js';
import {safeText} from '../safe-text.js';
import {parseTraceback} from '../traceback.js';
import {flowFacts, wrapLine} from '../wrap.js';
import {field, valueCells} from './field.js';
import type {AttemptInput} from './overview-input.js';

/**
 * Why an attempt failed, in a few words: its message, else its class; of servers that keep the traceback alone its last
 * line, which is the exception, or from 0.84 to 0.93 only the line of code that raised it.
 */
export const reasonWords = (exception: Exception | undefined): string | undefined => {
  const message = safeText(exception?.message ?? '', {maxCells: longestReason});
  if (message !== '') {
    return message;
  }

  if (exception?.source !== undefined) {
    return shortType(exception.source);
  }

  const raised = exception?.traceback === undefined ? undefined : parseTraceback(exception.traceback).at(-1);
  const last = raised?.error ?? raised?.frames.at(-1)?.code;
  return last === undefined ? undefined : safeText(last, {maxCells: longestReason});
};

const longestReason = 80;

/** Which of how many attempts this is, how those before it went, and when the next one comes. */
export const attemptLines = (input: AttemptInput): readonly Line[] => {
  const {step, attempt, detail, detailOf, width} = input;
  const max = detail === undefined ? 1 : maxAttempts(detail.config.retry);
  if (step.attempts.length <= 1 && (max <= 1 || detail?.config.retry?.isFirstCounted === true)) {
    return [];
  }

  const of: readonly Segment[] = max >= attempt.number && max > 1 ? [dim(' of '), strong(String(max))] : [];
  const earlier = step.attempts.filter(({number}) => number < attempt.number);
  const latest = latestAttempt(step)?.number ?? attempt.number;
  const facts: readonly Line[] = [
    [strong(String(attempt.number)), ...of],
    ...(latest > attempt.number ? [[dim('the latest is '), strong(String(latest))]] : []),
    earlierWords(earlier, detailOf),
    nextWords(input),
  ];
  return field('attempt', flowFacts(facts, valueCells(width)));
};

const earlierWords = (
  earlier: readonly Attempt[],
  detailOf: ((id: Attempt['id']) => StepDetail | undefined) | undefined,
): Line => {
  const last = earlier.at(-1);
  if (last === undefined) {
    return [];
  }

  const tookMs = last.endedAt === undefined ? undefined : elapsedMs(last, last.endedAt);
  const after = tookMs === undefined ? '' : ` after ${formatDuration(tookMs)}`;
  const who = earlier.length === 1 ? 'the first failed' : `${plural(earlier.length, 'attempt')} failed, the last`;
  const reason = reasonWords(detailOf?.(last.id)?.exception);
  return [dim(`${who}${after}`), ...(reason === undefined ? [] : [dim(': '), {text: reason, tone: 'bad'} as const])];
};

/** When a failed attempt will be followed by the next: after the wait that its retry configuration sets. */
const nextWords = ({attempt, detail, now}: AttemptInput): Line => {
  const retry = detail?.config.retry;
  if (attempt.status !== 'retrying' || attempt.endedAt === undefined || retry === undefined) {
    return [];
  }

  const leftMs = attempt.endedAt + waitAfterAttemptSeconds(retry, attempt.number) * 1000 - now;
  return leftMs < 1000 ? [dim('the next is due')] : [dim('the next in '), strong(formatDuration(leftMs))];
};

export const retryLines = ({detail, width}: AttemptInput): readonly Line[] =>
  detail === undefined ? [] : field('retry', wrapLine(retryWords(detail.config.retry), valueCells(width)));
