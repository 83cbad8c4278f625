import type {TimeLeft} from '../domain/time-left.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderPlain} from './line.js';
import {noValue} from './marks.js';
import {pluralize} from './plural.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The remaining time of a run, longest variant first: `~4m left (3m–6m, based on 8 runs)`, `~4m left (3m–6m)`, `~4m left`;
 * or `longer than usual` if the estimate has passed.
 */
export const renderTimeLeftVariants = ({ms, minMs, maxMs, runCount}: TimeLeft): readonly Line[] => {
  if (ms === 0) {
    return [[renderDim('longer than usual')]];
  }

  const left: Line = [renderPlain(`~${formatRoughDuration(ms)}`), renderDim(' left')];
  const ends = [minMs, maxMs].map(formatRoughDuration);
  const runs = `based on ${pluralize(runCount, 'run')}`;
  const withDetails = (words: string): Line => [...left, renderDim(` (${words})`)];
  return ends[0] === ends[1]
    ? [withDetails(runs), left]
    : [withDetails(`${ends.join(noValue)}, ${runs}`), withDetails(ends.join(noValue)), left];
};

/** An estimated duration, rounded up to 5 s below two minutes, to minutes below two hours, else to quarters of an hour. */
export const formatRoughDuration = (ms: number): string => {
  const grain = ms <= 2 * minute ? 5 * second : ms <= 2 * hour ? minute : hour / 4;
  return formatTrimmedDuration(Math.ceil(ms / grain) * grain);
};
