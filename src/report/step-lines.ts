import {isFinished, phaseOf} from '../domain/status.js';
import {latestAttempt, type Step, stepStatus} from '../domain/step.js';
import {stepsOf} from '../domain/step-table.js';
import {cells, padEnd, padStart} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {dim, type Line, plain, type Segment} from '../format/line.js';
import {nothing} from '../format/marks.js';
import {plural} from '../format/plural.js';
import {safeText} from '../format/safe-text.js';
import {stepWord, toneOfStatus} from '../format/status-words.js';
import {latestDetail} from './exceptions.js';
import {type KnownRun, tookMs} from './known-run.js';
import {exceptionWords} from './words.js';

/** A run of more steps is told by those that did not go well alone. */
const mostRows = 200;

/** Names beyond this many cells push their row aside, rather than every row. */
const widestName = 60;

type Row = {
  /** Place in the pipeline, where rows are to have one. */
  readonly number: string;
  readonly name: string;
  readonly status: Segment;
  readonly time: string;
  readonly attempt: string;
  readonly error: string;
};

/** The steps as a table: name, status, time, attempt where one was made again, and what was raised; before it their numbers. */
export const stepLines = (known: KnownRun, isNumbered = false): readonly Line[] => {
  const steps = [...stepsOf(known.table)].map((step, index) => ({step, number: isNumbered ? `${index + 1}. ` : ''}));
  const shown = steps.length <= mostRows ? steps : steps.filter(({step}) => !isWell(step)).slice(0, mostRows);
  const rows = shown.map(({step, number}) => ({number, ...rowOf(step, known)}));
  const hidden = steps.length - shown.length;
  return [...tableOf(rows), ...(hidden === 0 ? [] : [[dim(`${plural(hidden, 'more step')}, not shown`)]])];
};

const isWell = (step: Step): boolean => {
  const attempt = latestAttempt(step);
  return attempt === undefined || phaseOf(attempt.status) === 'succeeded';
};

const rowOf = (step: Step, known: KnownRun): Omit<Row, 'number'> => {
  const attempt = latestAttempt(step);
  const took = attempt === undefined ? undefined : tookMs(attempt, known);
  const exception = latestDetail(step, known)?.exception;
  const status = stepStatus(step, known.isOver);
  return {
    name: safeText(step.name),
    status: {text: stepWord(step, known.isOver, known.now), tone: toneOfStatus(status)},
    time: took === undefined || (took === 0 && isFinished(status)) ? nothing : formatDuration(took),
    attempt: attempt === undefined || attempt.number === 1 ? '' : String(attempt.number),
    error: exception === undefined ? '' : exceptionWords(exception, 120),
  };
};

const tableOf = (rows: readonly Row[]): readonly Line[] => {
  if (rows.length === 0) {
    return [];
  }

  const widthOf = (title: string, texts: readonly string[]) => Math.max(cells(title), ...texts.map(cells));
  const name = Math.min(
    widestName,
    widthOf(
      'STEP',
      rows.map(row => row.name),
    ),
  );
  const status = widthOf(
    'STATUS',
    rows.map(row => row.status.text),
  );
  const time = widthOf(
    'TIME',
    rows.map(row => row.time),
  );
  const number = Math.max(...rows.map(row => cells(row.number)));
  const hasAttempts = rows.some(row => row.attempt !== '');
  const attempt = (text: string) => (hasAttempts ? `  ${padStart(text, 3)}` : '');
  return [
    [
      dim(
        `${padEnd('', number)}${padEnd('STEP', name)}  ${padEnd('STATUS', status)}  ${padStart('TIME', time)}${attempt('TRY')}`,
      ),
    ],
    ...rows.map(row => [
      plain(`${padStart(row.number, number)}${padEnd(row.name, name)}  `),
      {...row.status, text: padEnd(row.status.text, status)},
      plain(`  ${padStart(row.time, time)}${attempt(row.attempt)}`),
      ...(row.error === '' ? [] : [plain('  '), {text: row.error, tone: 'bad' as const}]),
    ]),
  ];
};
