import type {Attempt, StepDetail} from '../../domain/attempt.js';
import {elapsedMs, type Instant} from '../../domain/instant.js';
import {maxAttempts} from '../../domain/retry.js';
import type {Run} from '../../domain/run.js';
import {latestAttempt, type Step, stepStatus} from '../../domain/step.js';
import {formatDuration} from '../../format/duration.js';
import {nothing} from '../../format/marks.js';
import {safeText} from '../../format/safe-text.js';
import {stepWord, toneOfStatus} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import type {RowFacts} from './row-text.js';

export type StepSurroundings = {
  readonly run: Run | undefined;
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  readonly detail: StepDetail | undefined;
  readonly isInGroup: boolean;
};

/** Longest name of a step, in cells: a row is never wider. */
const longestName = 300;

/** What the row of a step says at this moment. */
export const stepFacts = (step: Step, around: StepSurroundings, theme: Theme): RowFacts => {
  const {isRunOver, now} = around;
  const status = stepStatus(step, isRunOver);
  const word = stepWord(step, isRunOver, now);
  return {
    glyph: theme.statusGlyph(status),
    tone: word.endsWith('?') ? 'warning' : toneOfStatus(status),
    name: safeText(step.name, {maxCells: longestName}),
    lead: around.isInGroup ? '  ' : '',
    counts: [],
    bar: undefined,
    status: word,
    time: timeOf(latestAttempt(step), now),
    tries: triesOf(step, around),
  };
};

/** How long the latest attempt has taken; a cached one took no time. */
const timeOf = (attempt: Attempt | undefined, now: Instant): string => {
  if (attempt === undefined) {
    return '';
  }

  if (attempt.status === 'cached' || attempt.status === 'skipped') {
    return nothing;
  }

  const ms = elapsedMs(attempt, now);
  return ms === undefined ? '' : formatDuration(attempt.endedAt === undefined ? wholeSecond(ms) : ms);
};

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Which attempt of how many, where there was more than one; how many there may be is known once the step was looked at. */
const triesOf = (step: Step, {run, detail}: StepSurroundings): string => {
  const number = latestAttempt(step)?.number ?? 1;
  if (number < 2) {
    return '';
  }

  const retry = detail?.config.retry ?? run?.config?.retry;
  return retry === undefined ? `${number}` : `${number}/${Math.max(number, maxAttempts(retry))}`;
};
