import type {Attempt} from '../../domain/attempt.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {isReused} from '../../domain/status.js';
import {getStepStatus, type Step} from '../../domain/step.js';
import {cutMiddle} from '../cells.js';
import {formatDuration} from '../duration.js';
import type {Tone} from '../line.js';
import {sanitizeText} from '../safe-text.js';
import {formatAttemptStatus, getStatusTone, isRunningDoubtful} from '../status-words.js';

/** The headline of the pane. `duration` is empty if there is none. */
type Headline = {readonly name: string; readonly word: string; readonly tone: Tone; readonly duration: string};

type HeadlineInput = {
  readonly step: Step;
  /** The attempt shown; `undefined` for a step that has not started. */
  readonly attempt: Attempt | undefined;
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  /** Maximum width of the name. */
  readonly nameCells: number;
};

/** Name, status and duration of a step. */
export const buildHeadline = ({step, attempt, isRunOver, now, nameCells}: HeadlineInput): Headline => {
  const name = cutMiddle(sanitizeText(step.name), nameCells);
  if (attempt === undefined) {
    const status = getStepStatus({...step, attempts: []}, isRunOver);
    return {name, word: status, tone: getStatusTone(status), duration: ''};
  }

  const word = formatAttemptStatus(attempt, isRunOver, now);
  const tone = isRunningDoubtful(attempt, isRunOver, now) ? 'warning' : getStatusTone(attempt.status);
  const tookMs = isReused(attempt.status) ? undefined : getElapsedMs(attempt, now);
  return {name, word, tone, duration: tookMs === undefined ? '' : formatDuration(tookMs)};
};
