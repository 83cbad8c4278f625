import type {Exception} from '../domain/exception.js';
import type {Run} from '../domain/run.js';
import {getPhase, isDone, phases, type StepStatus, statuses} from '../domain/status.js';
import type {StatusCounts} from '../domain/step-table.js';
import {findFailingLines} from '../format/failing-lines.js';
import {renderPlain, type Segment} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {formatPythonType} from '../format/python-type.js';
import {sanitizeLines, sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {getStatusTone} from '../format/status-words.js';
import {findExceptionMessage} from './exceptions.js';

/** `training_pipeline #42`, or the name of a run that has no pipeline. */
export const formatRunTitle = (run: Run): string => {
  const title = sanitizeText(run.pipeline?.name ?? run.name);
  return run.index === undefined ? title : `${title} #${run.index}`;
};

/**
 * An exception on one line, `ValueError: boom (line 4)`: class and message, cut to `maxCells` cells, and the line of the step's
 * source, counted from 1.
 */
export const formatException = (exception: Exception, maxCells = 300): string => {
  const source = exception.source === undefined ? '' : formatPythonType(exception.source);
  const [message = ''] = sanitizeLines(findExceptionMessage(exception) ?? '');
  // A message taken from a traceback already starts with the class.
  const hasClass = source === '' || exception.message === undefined;
  const text = hasClass ? message : message === '' ? source : `${source}: ${message}`;
  const raisedAt = findFailingLines(exception, undefined).at(-1)?.line;
  const line = raisedAt === undefined ? '' : ` (line ${raisedAt})`;
  return sanitizeToWidth(text, maxCells) + line;
};

/** All statuses in display order: successful ones first, waiting ones last. */
const countedStatuses: readonly StepStatus[] = phases.flatMap(phase =>
  [...statuses, 'unknown' as const, 'waiting' as const].filter(status => getPhase(status) === phase),
);

export const countTotal = (counts: StatusCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The number of steps that are finished. */
export const countDone = (counts: StatusCounts): number =>
  countedStatuses.reduce((sum, status) => sum + (isDone(status) ? (counts[status] ?? 0) : 0), 0);

/** `3 cached · 5 completed · 1 failed · 5 not run`, each in the tone of its status. */
export const renderCountSegments = (counts: StatusCounts, isOver: boolean): readonly Segment[] =>
  countedStatuses
    .flatMap(status => {
      const shown: StepStatus = status === 'waiting' && isOver ? 'not run' : status;
      const count = counts[status] ?? 0;
      return count === 0 ? [] : [{text: `${formatCount(count)} ${shown}`, tone: getStatusTone(shown)}];
    })
    .flatMap((segment, index) => (index === 0 ? [segment] : [renderPlain(' · '), segment]));
