import type {StepDetail} from '../domain/attempt.js';
import type {Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {cutEnd, cutMiddle} from './cells.js';
import {formatDuration} from './duration.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment} from './line.js';
import {sanitizeText} from './safe-text.js';
import {formatLocalTime, type UtcOffset} from './time.js';

/**
 * Whether a step may be served from the cache, and who decided: the step's `enable_cache`, else the pipeline's, else ZenML's
 * default, which is yes. `undefined` while the pipeline's configuration is not known and it is up to that.
 */
export const getCacheSetting = (
  {config}: StepDetail,
  run: Run | undefined,
): {readonly isEnabled: boolean; readonly decidedBy: 'step' | 'pipeline' | 'default'} | undefined => {
  if (config.isCacheEnabled !== undefined) {
    return {isEnabled: config.isCacheEnabled, decidedBy: 'step'};
  }

  if (run?.config === undefined) {
    return undefined;
  }

  const {isCacheEnabled} = run.config;
  return isCacheEnabled === undefined
    ? {isEnabled: true, decidedBy: 'default'}
    : {isEnabled: isCacheEnabled, decidedBy: 'pipeline'};
};

/** `off · set by the step (enable_cache=False)` as two facts. */
export const renderCacheSetting = (detail: StepDetail, run: Run | undefined): readonly Line[] => {
  const verdict = getCacheSetting(detail, run);
  if (verdict === undefined) {
    return [[renderDim('up to the pipeline')]];
  }

  const {isEnabled, decidedBy} = verdict;
  const python = isEnabled ? 'True' : 'False';
  return [
    [renderStrong(isEnabled ? 'on' : 'off')],
    [renderDim(decidedBy === 'default' ? 'by default' : `set by the ${decidedBy} (enable_cache=${python})`)],
  ];
};

/** How long the outputs of a step may be reused: until when, or that they never expire. */
export const renderExpiry = (expiresAt: Instant | undefined, now: Instant, utcOffset: UtcOffset): Segment =>
  expiresAt === undefined
    ? renderDim('never expires')
    : expiresAt > now
      ? renderDim(`expires in ${formatDuration(expiresAt - now)}, ${formatLocalTime(expiresAt, now, utcOffset)}`)
      : renderDim(`expired ${formatDuration(now - expiresAt)} ago`);

type OriginInput = {
  /** The step run whose outputs were taken over, and its run: `undefined` until they are known. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  /** The run that is looked at. */
  readonly run: Run | undefined;
  readonly maxCells: number;
};

/** Where the outputs of a cached or skipped step come from: `#41 training_pipeline-…`, `step load`. */
export const renderOriginFacts = ({original, originalRun, run, maxCells}: OriginInput): readonly Line[] => {
  if (original === undefined) {
    return [[renderDim('loading…')]];
  }

  const step: Line = [renderDim('step '), renderPlain(sanitizeText(original.attempt.name, {maxCells: maxCells - 5}))];
  if (original.runId !== undefined && original.runId === run?.id) {
    return [step, [renderDim('of this run')]];
  }

  return [
    originalRun === undefined ? [renderDim('loading…')] : [{text: formatRunName(originalRun, maxCells), tone: 'link'}],
    step,
  ];
};

/** The number of a run and its name, of which the end tells runs apart. */
export const formatRunName = ({index, name}: Run, maxCells: number): string => {
  const number = index === undefined ? '' : `#${index} `;
  return cutEnd(number + cutMiddle(sanitizeText(name), maxCells - number.length), maxCells);
};
