import {getPhase, isFinished} from '../domain/status.js';
import {findLatestAttempt, getStepStatus, type Step} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {findWaitReason} from '../domain/wait-reason.js';
import {countCells, padEnd, padStart} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Line, renderDim, renderPlain, type Segment} from '../format/line.js';
import {noValue} from '../format/marks.js';
import {pluralize} from '../format/plural.js';
import {sanitizeText} from '../format/safe-text.js';
import {formatStepStatus, getStatusTone} from '../format/status-words.js';
import {formatWait} from '../format/wait-words.js';
import {findLatestDetail} from './exceptions.js';
import {formatException} from './format-words.js';
import {getDurationMs, getKnownWaitFacts, type KnownRun} from './known-run.js';

/** For a run with more steps, only those that have started and not succeeded are listed. */
const maxRows = 200;

/** A longer name only shifts its own row. */
const maxNameCells = 60;

type StepTableRow = {
  /** Position in the pipeline, or empty if rows are not numbered. */
  readonly number: string;
  readonly name: string;
  readonly status: Segment;
  readonly time: string;
  readonly attempt: string;
  /** The exception, or why the step is waiting. */
  readonly note: Line;
};

/** The steps as a table: name, status, time, number of the attempt if there were retries, and exception or reason for waiting. */
export const renderStepTable = (known: KnownRun, isNumbered: boolean): readonly Line[] => {
  const steps = [...iterateSteps(known.table)].map((step, index) => ({
    step,
    number: isNumbered ? `${index + 1}. ` : '',
  }));
  const shown = steps.length <= maxRows ? steps : steps.filter(({step}) => !isHealthy(step)).slice(0, maxRows);
  const rows = shown.map(({step, number}) => ({number, ...buildStepRow(step, known)}));
  const hiddenCount = steps.length - shown.length;
  return [
    ...renderStepRows(rows),
    ...(hiddenCount === 0 ? [] : [[renderDim(`${pluralize(hiddenCount, 'more step')} not shown`)]]),
  ];
};

const isHealthy = (step: Step): boolean => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined || getPhase(attempt.status) === 'succeeded';
};

const buildStepRow = (step: Step, known: KnownRun): Omit<StepTableRow, 'number'> => {
  const attempt = findLatestAttempt(step);
  const took = attempt === undefined ? undefined : getDurationMs(attempt, known);
  const status = getStepStatus(step, known.isOver);
  return {
    name: sanitizeText(step.name),
    status: {text: formatStepStatus(step, known.isOver, known.now), tone: getStatusTone(status)},
    time: took === undefined || (took === 0 && isFinished(status)) ? noValue : formatDuration(took),
    attempt: attempt === undefined || attempt.number === 1 ? '' : String(attempt.number),
    note: renderNote(step, known),
  };
};

const renderNote = (step: Step, known: KnownRun): Line => {
  const exception = findLatestDetail(step, known)?.exception;
  if (exception !== undefined) {
    return [{text: formatException(exception, 120), tone: 'bad'}];
  }

  const wait = findWaitReason(step, getKnownWaitFacts(known));
  return wait === undefined || wait.kind === 'end' ? [] : [renderDim(formatWait(wait, known.now))];
};

const renderStepRows = (rows: readonly StepTableRow[]): readonly Line[] => {
  if (rows.length === 0) {
    return [];
  }

  const measureColumn = (title: string, texts: readonly string[]) =>
    Math.max(countCells(title), ...texts.map(countCells));
  const nameCells = Math.min(
    maxNameCells,
    measureColumn(
      'STEP',
      rows.map(row => row.name),
    ),
  );
  const statusCells = measureColumn(
    'STATUS',
    rows.map(row => row.status.text),
  );
  const timeCells = measureColumn(
    'TIME',
    rows.map(row => row.time),
  );
  const numberCells = Math.max(...rows.map(row => countCells(row.number)));
  const hasAttempts = rows.some(row => row.attempt !== '');
  const formatAttempt = (text: string) => (hasAttempts ? `  ${padStart(text, 3)}` : '');
  return [
    [
      renderDim(
        `${padEnd('', numberCells)}${padEnd('STEP', nameCells)}  ${padEnd('STATUS', statusCells)}  ${padStart('TIME', timeCells)}${formatAttempt('TRY')}`,
      ),
    ],
    ...rows.map(row => [
      renderPlain(`${padStart(row.number, numberCells)}${padEnd(row.name, nameCells)}  `),
      {...row.status, text: padEnd(row.status.text, statusCells)},
      renderPlain(`  ${padStart(row.time, timeCells)}${formatAttempt(row.attempt)}`),
      ...(row.note.length === 0 ? [] : [renderPlain('  '), ...row.note]),
    ]),
  ];
};
