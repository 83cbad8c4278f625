import type {StepDetail} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {isReused} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import {cutEnd} from '../cells.js';
import {formatDuration} from '../duration.js';
import {noValue} from '../marks.js';
import {formatAttemptStatus} from '../status-words.js';
import {formatClockTime, type UtcOffset} from '../time.js';
import {formatFailureReason} from './attempt-lines.js';

/** A row of the table of attempts: texts by column title, in column order. */
export type AttemptRow = Readonly<Record<string, string>>;

type AttemptRowsInput = {
  readonly step: Step;
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  /** Cells of the whole table, including rules. */
  readonly width: number;
  readonly findDetail: (id: StepId) => StepDetail | undefined;
  readonly getUtcOffset: UtcOffset;
};

/** Cells that each column takes in addition to its text, and those of the outer edge. */
const ruleCells = 3;
const edgeCells = 1;
const minReasonCells = 8;

/** All attempts of a step, oldest first, with as many columns as fit. */
export const buildAttemptRows = (input: AttemptRowsInput): readonly AttemptRow[] => {
  const {step, isRunOver, now, findDetail, getUtcOffset} = input;
  const rows = step.attempts.map(attempt => {
    const tookMs = isReused(attempt.status) ? undefined : getElapsedMs(attempt, now);
    return {
      attempt: String(attempt.number),
      status: formatAttemptStatus(attempt, isRunOver, now),
      started: attempt.startedAt === undefined ? noValue : formatClockTime(attempt.startedAt, getUtcOffset),
      took: tookMs === undefined ? noValue : formatDuration(tookMs),
      why: formatFailureReason(findDetail(attempt.id)?.exception) ?? '',
    };
  });
  const getFreeCells = (columns: readonly ('attempt' | 'status' | 'started' | 'took')[]) =>
    columns.reduce(
      (cells, column) => cells - ruleCells - Math.max(column.length, ...rows.map(row => row[column].length)),
      input.width - edgeCells,
    );
  if (getFreeCells(['attempt', 'status', 'took']) < 0) {
    return rows.map(({attempt, status}) => ({attempt, status: cutEnd(status, 12)}));
  }

  if (getFreeCells(['attempt', 'status', 'started', 'took']) < 0) {
    return rows.map(({attempt, status, took}) => ({attempt, status, took}));
  }

  const reasonCells = getFreeCells(['attempt', 'status', 'started', 'took']) - ruleCells;
  const hasReason = reasonCells >= minReasonCells && rows.some(({why}) => why !== '');
  return rows.map(({why, ...others}) => (hasReason ? {...others, why: cutEnd(why, reasonCells)} : others));
};
