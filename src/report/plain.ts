import {elapsedMs} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {isFinished} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {stepsOf} from '../domain/step-table.js';
import {formatDuration} from '../format/duration.js';
import {blankLine, dim, type Line, plain, type Segment, strong} from '../format/line.js';
import {safeText} from '../format/safe-text.js';
import {toneOfStatus} from '../format/status-words.js';
import type {Change, EndChange, RunChange, StepChange} from './change.js';
import {isoSecond} from './json-values.js';
import {type KnownRun, runTookMs} from './known-run.js';
import {stepLines} from './step-lines.js';
import {countLines, headline, urlLines} from './summary.js';
import {doneOf, exceptionWords, runTitle, totalOf} from './words.js';

/** A change in words: one line that begins with its time, and at the end a table of the steps and what became of the run. */
export const plainLines = (change: Change): readonly Line[] => {
  switch (change.type) {
    case 'run':
      return [timed(change.at, runWords(change))];

    case 'step':
      return [timed(change.at, stepWords(change))];

    case 'problem': {
      const since = change.forMs < 1000 ? '' : ` for ${formatDuration(change.forMs)}`;
      const reason = safeText(change.reason);
      return [
        timed(change.at, [{text: 'problem', tone: 'warning'}, plain(` no answer from the server${since}: ${reason}`)]),
      ];
    }

    case 'recovered':
      return [timed(change.at, [plain(`recovered the server answers again, after ${formatDuration(change.forMs)}`)])];

    case 'end':
      return [endLine(change), blankLine, ...stateLines(change.known, change.url)];
  }
};

/** The steps as a table, and what became of the run or how far it is; the address comes last. */
export const stateLines = (
  known: KnownRun,
  url: string | undefined,
  {isNumbered = false}: {readonly isNumbered?: boolean} = {},
): readonly Line[] => {
  const table = stepLines(known, isNumbered);
  return [
    ...table,
    ...(table.length === 0 ? [] : [blankLine]),
    headline(known),
    ...countLines(known),
    ...urlLines(url),
  ];
};

/** Says that we are still there where nothing has changed for a while. */
export const aliveLine = (known: KnownRun): Line => {
  const {run, table, now} = known;
  const running = [...stepsOf(table)].filter(step => latestAttempt(step)?.status === 'running');
  const named = running.slice(0, mostNamed).map(step => {
    const took = elapsedMs(latestAttempt(step) ?? {startedAt: undefined, endedAt: undefined}, now);
    return `${safeText(step.name, {maxCells: 60})}${took === undefined ? '' : ` for ${formatDuration(took)}`}`;
  });
  const more = running.length - named.length;
  const names = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const done = `${doneOf(table.counts)}/${totalOf(table.counts)} done`;
  return timed(now, [plain(`still ${safeText(run.statusWord)}: ${done}${names === '' ? '' : `; running: ${names}`}`)]);
};

/** Running steps that a sign of life names. */
const mostNamed = 3;

const timed = (at: number, words: Line): Line => [dim(isoSecond(at)), plain(' '), ...words];

const endLine = ({at, known}: EndChange): Line => {
  const {run} = known;
  const took = runTookMs(known);
  return timed(at, [
    plain('end '),
    strong(safeText(run.name)),
    plain(' '),
    {text: safeText(run.statusWord), tone: toneOfStatus(run.status)},
    plain(took === undefined ? '' : ` after ${formatDuration(took)}`),
  ]);
};

/** `waiting → running`, or the word alone where there was none before. */
const moveWords = (from: string | undefined, to: Segment): Line =>
  from === undefined || from === to.text ? [to] : [plain(`${safeText(from)} → `), to];

const runWords = ({run, from}: RunChange): Line => [
  plain('run '),
  strong(safeText(run.name)),
  plain(from === undefined ? ` (${placeOf(run)}) ` : ' '),
  ...moveWords(from, {text: safeText(run.statusWord), tone: toneOfStatus(run.status)}),
  ...(run.statusReason === undefined || run.statusReason === '' ? [] : [plain(`: ${safeText(run.statusReason)}`)]),
];

const placeOf = (run: Run): string => (run.pipeline === undefined ? run.id : `${runTitle(run)}, ${run.id}`);

const stepWords = (change: StepChange): Line => [
  plain('step '),
  strong(safeText(change.name)),
  plain(' '),
  ...moveWords(change.from, {text: safeText(change.to), tone: toneOfStatus(change.status)}),
  ...durationWords(change),
  ...attemptWords(change),
  ...(change.exception === undefined || isToldBefore(change)
    ? []
    : [plain(': '), {text: exceptionWords(change.exception), tone: 'bad' as const}]),
];

/** What has only begun says nothing by its duration, nor does what was taken over from elsewhere. */
const durationWords = (change: StepChange): Line => {
  const {status, from, tookMs} = change;
  if (tookMs === undefined || toneOfStatus(status) === 'reused' || isToldBefore(change)) {
    return [];
  }

  const hasEnded = isFinished(status) || status === 'retrying';
  return hasEnded || from === undefined ? [plain(` ${hasEnded ? 'after' : 'for'} ${formatDuration(tookMs)}`)] : [];
};

/** An attempt that was seen to fail and gives way to the next one. */
const isToldBefore = ({status, from}: StepChange): boolean =>
  status === 'retried' && (from === 'retrying' || from === 'failed');

const attemptWords = ({attempt, maxAttempts}: StepChange): Line => {
  if (attempt === undefined || Math.max(attempt, maxAttempts ?? 1) === 1) {
    return [];
  }

  return [plain(` (attempt ${attempt}${maxAttempts === undefined ? '' : ` of ${maxAttempts}`})`)];
};
