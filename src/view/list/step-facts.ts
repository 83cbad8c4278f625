import type {Attempt} from '../../domain/attempt.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import {formatDuration} from '../../format/duration.js';
import {noValue} from '../../format/marks.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStepStatus, getStatusTone} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import type {RowFacts} from './row-text.js';

export type StepContext = {
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  readonly isInGroup: boolean;
};

/** Longest name of a step, in cells; no row is wider. */
const maxNameCells = 300;

/** The row of a step at time `now`. */
export const buildStepFacts = (step: Step, around: StepContext, theme: Theme): RowFacts => {
  const {isRunOver, now} = around;
  const status = getStepStatus(step, isRunOver);
  const word = formatStepStatus(step, isRunOver, now);
  return {
    glyph: theme.statusGlyph(status),
    tone: word.endsWith('?') ? 'warning' : getStatusTone(status),
    name: sanitizeToWidth(step.name, maxNameCells),
    lead: around.isInGroup ? '  ' : '',
    counts: [],
    bar: undefined,
    status: word,
    time: formatStepTime(findLatestAttempt(step), now),
    tries: formatTries(step),
  };
};

/** Duration of the latest attempt; a cached one has none. */
const formatStepTime = (attempt: Attempt | undefined, now: Instant): string => {
  if (attempt === undefined) {
    return '';
  }

  if (attempt.status === 'cached' || attempt.status === 'skipped') {
    return noValue;
  }

  const ms = getElapsedMs(attempt, now);
  return ms === undefined ? '' : formatDuration(attempt.endedAt === undefined ? floorToSecond(ms) : ms);
};

const floorToSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** The number of the attempt, if there was more than one. The maximum is known only for some steps, so it is not shown. */
const formatTries = (step: Step): string => {
  const number = findLatestAttempt(step)?.number ?? 1;
  return number < 2 ? '' : String(number);
};
