import type {StepDetail} from '../domain/attempt.js';
import {getCacheSetting} from '../domain/cache/setting.js';
import type {Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {cutEnd, cutMiddle} from './cells.js';
import {formatDuration} from './duration.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment} from './line.js';
import {sanitizeText} from './safe-text.js';
import {sanitizeToWidth} from './sanitize-to-width.js';
import {formatLocalTime, type UtcOffset} from './time.js';

/** `off · set by the step (enable_cache=False)`, or `depends on the pipeline` if that is all that is known. */
export const renderCacheSetting = (detail: StepDetail, run: Run | undefined): readonly Line[] => {
  const setting = getCacheSetting(detail, run);
  if (setting === undefined) {
    return [[renderDim('depends on the pipeline')]];
  }

  const {isEnabled, decidedBy} = setting;
  const python = isEnabled ? 'True' : 'False';
  return [
    [renderStrong(isEnabled ? 'on' : 'off')],
    [renderDim(decidedBy === 'default' ? 'by default' : `set by the ${decidedBy} (enable_cache=${python})`)],
  ];
};

/** When the cached outputs of a step expire. */
export const renderExpiry = (expiresAt: Instant | undefined, now: Instant, getUtcOffset: UtcOffset): Segment =>
  expiresAt === undefined
    ? renderDim('never expires')
    : expiresAt > now
      ? renderDim(`expires in ${formatDuration(expiresAt - now)}, ${formatLocalTime(expiresAt, now, getUtcOffset)}`)
      : renderDim(`expired ${formatDuration(now - expiresAt)} ago`);

type OriginInput = {
  /** The step run whose outputs were reused, and its run; `undefined` until loaded. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  /** The run on the screen. */
  readonly run: Run | undefined;
  readonly maxCells: number;
};

/** Where a cached or skipped step got its outputs: `#41 training_pipeline-…`, `step load`. */
export const renderOriginFacts = ({original, originalRun, run, maxCells}: OriginInput): readonly Line[] => {
  if (original === undefined) {
    return [[renderDim('loading…')]];
  }

  const step: Line = [renderDim('step '), renderPlain(sanitizeToWidth(original.attempt.name, maxCells - 5))];
  if (original.runId !== undefined && original.runId === run?.id) {
    return [step, [renderDim('in this run')]];
  }

  return [
    originalRun === undefined ? [renderDim('loading…')] : [{text: formatRunName(originalRun, maxCells), tone: 'link'}],
    step,
  ];
};

/** The number and name of a run, cut in the middle because names differ at their ends. */
export const formatRunName = ({index, name}: Run, maxCells: number): string => {
  const number = index === undefined ? '' : `#${index} `;
  return cutEnd(number + cutMiddle(sanitizeText(name), maxCells - number.length), maxCells);
};
