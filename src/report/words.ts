import type {Exception} from '../domain/exception.js';
import type {Run} from '../domain/run.js';
import {isFinished, phaseOf, phases, type StepStatus, statuses} from '../domain/status.js';
import type {Counts} from '../domain/step-table.js';
import type {Segment} from '../format/line.js';
import {plain} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {shortType} from '../format/python-type.js';
import {safeLines, safeText} from '../format/safe-text.js';
import {toneOfStatus} from '../format/status-words.js';
import {messageOf} from './exceptions.js';

/** `training_pipeline #42`; the run's own name where it has no pipeline. */
export const runTitle = (run: Run): string => {
  const title = safeText(run.pipeline?.name ?? run.name);
  return run.index === undefined ? title : `${title} #${run.index}`;
};

/** `ValueError: boom (line 4)` of the step's own code, on one line; the line counts from 1, as editors do. */
export const exceptionWords = (exception: Exception, maxCells = 300): string => {
  const source = exception.source === undefined ? '' : shortType(exception.source);
  const [message = ''] = safeLines(messageOf(exception) ?? '');
  // A message taken from a traceback begins with the class already.
  const isClassSaid = source === '' || exception.message === undefined;
  const said = isClassSaid ? message : message === '' ? source : `${source}: ${message}`;
  const line = exception.line === undefined ? '' : ` (line ${exception.line})`;
  return safeText(said, {maxCells}) + line;
};

/** Every status that is counted: what went well first, what is to come last. */
const counted: readonly StepStatus[] = phases.flatMap(phase =>
  [...statuses, 'unknown' as const, 'waiting' as const].filter(status => phaseOf(status) === phase),
);

export const totalOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** How many steps nothing more will happen to. */
export const doneOf = (counts: Counts): number =>
  counted.reduce((sum, status) => sum + (isFinished(status) ? (counts[status] ?? 0) : 0), 0);

/** `3 cached · 5 completed · 1 failed · 5 not run`, each in the tone of its status. */
export const countSegments = (counts: Counts, isOver: boolean): readonly Segment[] =>
  counted
    .flatMap(status => {
      const shown: StepStatus = status === 'waiting' && isOver ? 'not run' : status;
      const count = counts[status] ?? 0;
      return count === 0 ? [] : [{text: `${formatCount(count)} ${shown}`, tone: toneOfStatus(shown)}];
    })
    .flatMap((segment, place) => (place === 0 ? [segment] : [plain(' · '), segment]));
