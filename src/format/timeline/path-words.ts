import {shortenRunName} from '../../domain/dag.js';
import {isUnsuccessful} from '../../domain/status.js';
import {type CriticalPath, sumSegments} from '../../domain/timeline/critical-path.js';
import type {RunPath} from '../../domain/timeline/run-path.js';
import type {Saving} from '../../domain/timeline/saving.js';
import {getWorkMs, type StepSpan} from '../../domain/timeline/step-span.js';
import {formatDuration} from '../duration.js';
import {
  countLineCells,
  createSegment,
  joinLines,
  type Line,
  renderDim,
  renderPlain,
  renderStrong,
  type Tone,
} from '../line.js';
import {ellipsis, middleDot} from '../marks.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {getStatusTone} from '../status-words.js';

const maxNameCells = 60;

/** A name cut to fit; a child run without a title loses the date in its name. */
const formatName = (name: string): string => sanitizeToWidth(shortenRunName(name), maxNameCells);

/** ` › ` between the steps of a path. */
const pathSeparator = ' › ';

/** `critical path`, or `critical path so far` if nothing is known about the rest of a live run. */
export const formatPathLabel = ({path, times}: Pick<RunPath, 'path' | 'times'>): string =>
  times.isOver || (path?.expectedSteps.length ?? 0) > 0 ? 'critical path' : 'critical path so far';

/**
 * The steps of the critical path in order, those to come dimmed; `isAscii` for terminals without other characters. If `width`
 * cells are too few, steps in the middle are left out: the last ones show what the run is doing now. If not even the first and
 * the last step fit, the whole path is returned.
 */
export const renderPath = (
  {steps, expectedSteps}: CriticalPath,
  isAscii: boolean,
  width = Number.POSITIVE_INFINITY,
): Line => {
  const separator = isAscii ? ' > ' : pathSeparator;
  const [first = [], ...others]: readonly Line[] = [
    ...steps.map(name => [renderPlain(formatName(name))]),
    ...expectedSteps.map(name => [renderDim(formatName(name))]),
  ];
  const whole = joinLines([first, ...others], separator);
  if (countLineCells(whole) <= width) {
    return whole;
  }

  const ends: Line[] = [];
  for (const name of others.toReversed()) {
    if (countLineCells(joinLines([first, leftOut, name, ...ends], separator)) > width) {
      break;
    }

    ends.unshift(name);
  }

  return ends.length === 0 ? whole : joinLines([first, leftOut, ...ends], separator);
};

const leftOut: Line = [renderDim(ellipsis)];

/** What the time of the path went into: `work 9m 02s · waits 52s`. Parts below 0.1 s are left out. */
export const renderPathSums = (path: CriticalPath): Line => {
  const parts = [
    ['work', sumSegments(path, 'work')],
    ['failed attempts and retry delays', sumSegments(path, 'failed', 'pause')],
    ['waits', sumSegments(path, 'wait', 'startup', 'tail')],
  ] as const;
  return joinLines(
    parts.filter(([, ms]) => ms >= 100).map(([word, ms]) => [renderDim(`${word} `), renderPlain(formatDuration(ms))]),
    ` ${middleDot} `,
  );
};

/** `making train instant saves at most 1m 12s (then train_small)`. */
export const renderStepSaving = (step: string, saving: Saving): Line => renderSavingWith(formatName(step), saving);

/** `making it instant saves at most 1m 12s (then train_small)`; empty if it would save nothing worth mentioning. */
export const renderSaving = (saving: Saving): Line => renderSavingWith('it', saving);

const renderSavingWith = (object: string, {ms, nextStep}: Saving): Line =>
  ms < 1000
    ? []
    : [
        renderDim(`making ${object} instant saves at most `),
        renderStrong(formatDuration(ms)),
        ...(nextStep === undefined ? [] : [renderDim(` (then ${formatName(nextStep)})`)]),
      ];

/** In milliseconds. Shorter waits before a step are not mentioned. */
const minWaitMs = 2000;

/** `after dedupe ended`, `after approve was answered`. */
export const formatAfterEnd = ({name, kind}: StepSpan): string =>
  `after ${formatName(name)} ${kind === 'question' ? 'was answered' : 'ended'}`;

/**
 * `waited 58s after dedupe ended; ZenML does not record why`; empty for a short wait, unless it was for an answer. `isSlot` says
 * that the step waited for its turn.
 */
export const renderWait = (
  span: StepSpan,
  readyAt: number | undefined,
  blocker: StepSpan | undefined,
  isSlot: boolean,
): Line => {
  const ms = readyAt === undefined ? 0 : span.startedAt - readyAt;
  if (ms < minWaitMs) {
    return blocker?.kind === 'question' ? [renderDim(`started ${formatAfterEnd(blocker)}`)] : [];
  }

  const after = blocker === undefined ? 'after the run started' : formatAfterEnd(blocker);
  return [
    renderDim('waited '),
    renderPlain(formatDuration(ms)),
    renderDim(isSlot ? ` ${after}: steps take turns` : ` ${after}; ZenML does not record why`),
  ];
};

/** `ran 5m 12s in 2 attempts`, `failed after 11s`. */
export const renderWork = (span: StepSpan): Line => {
  const {verb, tone} = describeWork(span);
  return [
    createSegment(`${verb} `, tone),
    renderPlain(formatDuration(getWorkMs(span))),
    ...(span.attempts.length > 1 ? [renderDim(` in ${pluralize(span.attempts.length, 'attempt')}`)] : []),
  ];
};

const describeWork = ({attempts, isLive, isRetryPending}: StepSpan): {readonly verb: string; readonly tone: Tone} => {
  const status = attempts.at(-1)?.status ?? 'unknown';
  if (isLive || isRetryPending || !isUnsuccessful(status)) {
    return {verb: isLive && !isRetryPending ? 'running for' : 'ran', tone: 'dim'};
  }

  return {verb: `${status === 'failed' ? status : `was ${status}`} after`, tone: getStatusTone(status)};
};
