import type {TimeLeft} from '../domain/time-left.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderPlain} from './line.js';
import {enDash} from './marks.js';
import {pluralize} from './plural.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The remaining time of a run, longest variant first: `~4m left (3m–6m, based on 8 runs)`, `~4m left (3m–6m)`, `~4m left`;
 * or `longer than usual, then ~2m` if the running steps, or the wait for the next one, take longer than expected.
 */
export const renderTimeLeftVariants = ({ms, minMs, maxMs, runCount, isOverdue}: TimeLeft): readonly Line[] => {
  if (isOverdue || ms === 0) {
    const late: Line = [renderDim('longer than usual')];
    return ms === 0 ? [late] : [[...late, renderDim(', then '), renderPlain(`~${formatRoughDuration(ms)}`)], late];
  }

  const left: Line = [renderPlain(`~${formatRoughDuration(ms)}`), renderDim(' left')];
  const ends = [minMs, maxMs].map(formatRoughDuration);
  const runs = `based on ${pluralize(runCount, 'run')}`;
  const withDetails = (words: string): Line => [...left, renderDim(` (${words})`)];
  return ends[0] === ends[1]
    ? [withDetails(runs), left]
    : [withDetails(`${ends.join(enDash)}, ${runs}`), withDetails(ends.join(enDash)), left];
};

/**
 * An estimated or usual duration: rounded to seconds below ten, to 5 s below two minutes, to minutes below two hours, else to
 * quarters of an hour; never 0.
 */
export const formatRoughDuration = (ms: number): string => {
  const unitMs = getRoughUnitMs(ms);
  return formatTrimmedDuration(Math.max(1, Math.round(ms / unitMs)) * unitMs);
};

const getRoughUnitMs = (ms: number): number => {
  if (ms < 9.5 * second) {
    return second;
  }

  if (ms <= 2 * minute) {
    return 5 * second;
  }

  return ms <= 2 * hour ? minute : hour / 4;
};
