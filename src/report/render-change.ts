import {getElapsedMs} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {isFinished, isReused} from '../domain/status.js';
import {findLatestAttempt} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {formatDuration} from '../format/duration.js';
import {blankLine, type Line, renderDim, renderPlain, renderStrong, type Segment} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {formatLostProcess, formatQuiet} from '../format/quiet-words.js';
import {formatRunWait} from '../format/run-wait.js';
import {sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {getStatusTone} from '../format/status-words.js';
import type {Change, EndChange, QuietChange, RunChange, StepChange} from './change.js';
import {renderChildRuns} from './child-run-lines.js';
import {renderCriticalPath} from './critical-path.js';
import {countDone, countTotal, formatException, formatRunTitle} from './format-words.js';
import {formatIsoSecond} from './json-values.js';
import {getKnownWaitFacts, getRunDurationMs, type KnownRun} from './known-run.js';
import {renderQuestionChange, renderWaitChange, renderWaits} from './render-waits.js';
import {renderStepTable} from './step-table.js';
import {renderRunHeadline, renderStepCounts, renderUrl} from './summary.js';

/** A change as one line that starts with its time; the end of the run adds a table of the steps and a summary. */
export const renderPlainChange = (change: Change): readonly Line[] => {
  switch (change.type) {
    case 'run':
      return [renderTimed(change.at, renderRunChange(change))];

    case 'step':
      return [renderTimed(change.at, renderStepChange(change))];

    case 'quiet':
      return [renderTimed(change.at, renderQuietChange(change))];

    case 'wait':
      return [renderTimed(change.at, renderWaitChange(change))];

    case 'question':
      return [renderTimed(change.at, renderQuestionChange(change))];

    case 'problem': {
      const duration = change.forMs < 1000 ? '' : ` for ${formatDuration(change.forMs)}`;
      const reason = sanitizeText(change.reason);
      return [
        renderTimed(change.at, [
          {text: 'problem', tone: 'warning'},
          renderPlain(` server not responding${duration}: ${reason}`),
        ]),
      ];
    }

    case 'recovered':
      return [renderTimed(change.at, [renderPlain(`recovered after ${formatDuration(change.forMs)}`)])];

    case 'gone':
      return [
        renderTimed(change.at, [
          {text: 'gone', tone: 'bad'},
          renderPlain(` ${sanitizeText(change.run.name)} no longer exists on the server`),
          renderPlain(`; it was ${sanitizeText(change.run.statusWord)} when last seen`),
        ]),
      ];

    case 'end':
      return [renderEnd(change), blankLine, ...renderRunState(change.known, change.url)];
  }
};

/** A table of the steps, the state of the run, and its URL. */
export const renderRunState = (
  known: KnownRun,
  url: string | undefined,
  {isNumbered = false}: {readonly isNumbered?: boolean} = {},
): readonly Line[] => {
  const table = renderStepTable(known, isNumbered);
  return [
    ...table,
    ...(table.length === 0 ? [] : [blankLine]),
    renderRunHeadline(known),
    ...renderWaits(known),
    ...renderStepCounts(known),
    ...renderChildRuns(known),
    ...renderCriticalPath(known),
    ...renderUrl(url),
  ];
};

/** A heartbeat line for when nothing has changed for a while. */
export const renderStillRunning = (known: KnownRun): Line => {
  const {run, table, now} = known;
  const running = [...iterateSteps(table)].filter(step => findLatestAttempt(step)?.status === 'running');
  const named = running.slice(0, maxNamedSteps).map(step => {
    const took = getElapsedMs(findLatestAttempt(step) ?? {startedAt: undefined, endedAt: undefined}, now);
    return `${sanitizeToWidth(step.name, 60)}${took === undefined ? '' : ` for ${formatDuration(took)}`}`;
  });
  const more = running.length - named.length;
  const names = [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
  const total = countTotal(table.counts);
  const done = total === 0 ? '' : `: ${formatCount(countDone(table.counts))}/${formatCount(total)} done`;
  const wait = formatRunWait(getKnownWaitFacts(known), known.now);
  const reasons = [
    ...(names === '' ? [] : [`running: ${names}`]),
    ...(wait === undefined ? [] : [`waiting ${wait}`]),
  ].join('; ');
  return renderTimed(now, [
    renderPlain(`still ${sanitizeText(run.statusWord)}${done}${reasons === '' ? '' : `; ${reasons}`}`),
  ]);
};

/** A heartbeat line names at most this many running steps. */
const maxNamedSteps = 3;

const renderTimed = (at: number, words: Line): Line => [renderDim(formatIsoSecond(at)), renderPlain(' '), ...words];

const renderEnd = ({at, known}: EndChange): Line => {
  const {run} = known;
  const took = getRunDurationMs(known);
  return renderTimed(at, [
    renderPlain('end '),
    renderStrong(sanitizeText(run.name)),
    renderPlain(' '),
    {text: sanitizeText(run.statusWord), tone: getStatusTone(run.status)},
    renderPlain(took === undefined ? '' : ` after ${formatDuration(took)}`),
  ]);
};

const renderQuietChange = ({name, forMs}: QuietChange): Line =>
  name === undefined
    ? [renderPlain('run '), {text: 'running?', tone: 'warning'}, renderPlain(` ${formatLostProcess(forMs)}`)]
    : [
        renderPlain('step '),
        renderStrong(sanitizeText(name)),
        renderPlain(' '),
        {text: formatQuiet(forMs), tone: 'warning'},
        renderPlain(', much longer than usual'),
      ];

/** `waiting → running`, or only the new word if there is no previous one. */
const renderTransition = (from: string | undefined, to: Segment): Line =>
  from === undefined || from === to.text ? [to] : [renderPlain(`${sanitizeText(from)} → `), to];

const renderRunChange = ({run, from}: RunChange): Line => [
  renderPlain('run '),
  renderStrong(sanitizeText(run.name)),
  renderPlain(from === undefined ? ` (${formatRunOrigin(run)}) ` : ' '),
  ...renderTransition(from, {text: sanitizeText(run.statusWord), tone: getStatusTone(run.status)}),
  ...(run.statusReason === undefined || run.statusReason === ''
    ? []
    : [renderPlain(`: ${sanitizeText(run.statusReason)}`)]),
];

const formatRunOrigin = (run: Run): string =>
  run.pipeline === undefined ? run.id : `${formatRunTitle(run)}, ${run.id}`;

const renderStepChange = (change: StepChange): Line => [
  renderPlain('step '),
  renderStrong(sanitizeText(change.name)),
  renderPlain(' '),
  ...renderTransition(change.from, {text: sanitizeText(change.to), tone: getStatusTone(change.status)}),
  ...renderChangeDuration(change),
  ...renderAttemptNumber(change),
  ...(change.exception === undefined || isAlreadyReported(change)
    ? []
    : [renderPlain(': '), {text: formatException(change.exception), tone: 'bad' as const}]),
];

/** Omitted for a step that has just started, and for reused outputs. */
const renderChangeDuration = (change: StepChange): Line => {
  const {status, from, tookMs} = change;
  if (tookMs === undefined || isReused(status) || isAlreadyReported(change)) {
    return [];
  }

  const hasEnded = isFinished(status) || status === 'retrying';
  return hasEnded || from === undefined
    ? [renderPlain(` ${hasEnded ? 'after' : 'for'} ${formatDuration(tookMs)}`)]
    : [];
};

/** Whether a failed attempt, which was reported when it failed, is now only followed by the next one. */
const isAlreadyReported = ({status, from}: StepChange): boolean =>
  status === 'retried' && (from === 'retrying' || from === 'failed');

const renderAttemptNumber = ({attempt, maxAttempts}: StepChange): Line => {
  if (attempt === undefined || Math.max(attempt, maxAttempts ?? 1) === 1) {
    return [];
  }

  return [renderPlain(` (attempt ${attempt}${maxAttempts === undefined ? '' : ` of ${maxAttempts}`})`)];
};
