import type {TimeLeft} from '../domain/time-left.js';
import {formatTrimmedDuration} from './duration.js';
import {type Line, renderDim, renderPlain} from './line.js';
import {noValue} from './marks.js';
import {pluralize} from './plural.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Ways to say how long a run may still take, the longest first: `left ~4m (3m–6m, from 8 runs)`, `left ~4m (3m–6m)`,
 * `left ~4m`; where it has taken all the time that it usually takes, that.
 */
export const renderTimeLeftVariants = ({ms, leastMs, mostMs, runCount}: TimeLeft): readonly Line[] => {
  if (ms === 0) {
    return [[renderDim('longer than usual')]];
  }

  const left: Line = [renderDim('left '), renderPlain(`~${formatRoughDuration(ms)}`)];
  const ends = [leastMs, mostMs].map(formatRoughDuration);
  const runs = `from ${pluralize(runCount, 'run')}`;
  const because = (words: string): Line => [...left, renderDim(` (${words})`)];
  return ends[0] === ends[1]
    ? [because(runs), left]
    : [because(`${ends.join(noValue)}, ${runs}`), because(ends.join(noValue)), left];
};

/** A span that is guessed, rounded up: to 5 s below two minutes, to minutes below two hours, then to quarters of an hour. */
export const formatRoughDuration = (ms: number): string => {
  const grain = ms <= 2 * minute ? 5 * second : ms <= 2 * hour ? minute : hour / 4;
  return formatTrimmedDuration(Math.ceil(ms / grain) * grain);
};
