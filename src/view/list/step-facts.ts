import type {Attempt} from '../../domain/attempt.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import type {StepProgress} from '../../domain/progress.js';
import {isReused} from '../../domain/status.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import type {WaitReason} from '../../domain/wait-reason.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {createSegment, type Line} from '../../format/line.js';
import {noValue} from '../../format/marks.js';
import {formatProgress, formatShortProgress} from '../../format/progress-words.js';
import {formatQuiet} from '../../format/quiet-words.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStepStatus, getStatusTone} from '../../format/status-words.js';
import {renderWaitVariants} from '../../format/wait-words.js';
import type {Theme} from '../../theme/theme.js';
import {maxRowNameCells, type RowFacts} from './row-text.js';

export type StepContext = {
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  readonly isInGroup: boolean;
  /** How long the step has been silent, if that is much longer than usual. */
  readonly quietMs?: number | undefined;
  /** The process of the run has probably died. */
  readonly isLost?: boolean;
  readonly progress?: StepProgress | undefined;
  readonly wait?: WaitReason | undefined;
};

/** The row of a step at time `now`. */
export const buildStepFacts = (step: Step, context: StepContext, theme: Theme): RowFacts => {
  const {isRunOver, now} = context;
  const status = isUnreachable(context) ? 'not run' : getStepStatus(step, isRunOver);
  const word = formatStatusWord(step, context);
  return {
    glyph: theme.pickStatusGlyph(status),
    tone: word.endsWith('?') || context.quietMs !== undefined ? 'warning' : getStatusTone(status),
    name: sanitizeToWidth(step.name, maxRowNameCells),
    lead: context.isInGroup ? '  ' : '',
    remarks: renderRemarks(context),
    renderBar: undefined,
    status: word,
    time: formatStepTime(findLatestAttempt(step), now),
    attempt: formatAttemptNumber(step),
  };
};

/** Whether the step never starts, because a step upstream of it was unsuccessful. */
const isUnreachable = ({wait}: StepContext): boolean => wait?.kind === 'failure';

/** Cells of the status column. */
const maxStatusCells = 12;

const formatStatusWord = (step: Step, context: StepContext): string => {
  const {isRunOver, now, quietMs, isLost = false} = context;
  const word = isUnreachable(context) ? 'not run' : formatStepStatus(step, isRunOver, now);
  if (word !== 'running') {
    return word;
  }

  return isLost ? 'running?' : quietMs === undefined ? word : formatQuiet(quietMs, maxStatusCells);
};

/** What a step says about its progress, or what it is waiting for, in several lengths. */
const renderRemarks = ({progress, wait, now}: StepContext): readonly Line[] =>
  progress !== undefined ? renderProgressVariants(progress) : wait === undefined ? [] : renderWaitVariants(wait, now);

const renderProgressVariants = (progress: StepProgress): readonly Line[] => [
  [createSegment(` ${formatProgress(progress)}`, 'dim')],
  [createSegment(` ${formatShortProgress(progress)}`, 'dim')],
  [],
];

/** Duration of the latest attempt; a cached one has none. */
const formatStepTime = (attempt: Attempt | undefined, now: Instant): string => {
  if (attempt === undefined) {
    return '';
  }

  if (isReused(attempt.status)) {
    return noValue;
  }

  const ms = getElapsedMs(attempt, now);
  return ms === undefined ? '' : attempt.endedAt === undefined ? formatWholeSeconds(ms) : formatDuration(ms);
};

/** The number of the attempt, if there was more than one. The maximum is known only for some steps, so it is not shown. */
const formatAttemptNumber = (step: Step): string => {
  const number = findLatestAttempt(step)?.number ?? 1;
  return number < 2 ? '' : String(number);
};
