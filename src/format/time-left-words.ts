import type {TimeLeft} from '../domain/time-left.js';
import {roundDuration} from './duration.js';
import {dim, type Line, plain} from './line.js';
import {nothing} from './marks.js';
import {plural} from './plural.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Ways to say how long a run may still take, the longest first: `left ~4m (3m–6m, from 8 runs)`, `left ~4m (3m–6m)`,
 * `left ~4m`; where it has taken all the time that it usually takes, that.
 */
export const timeLeftWays = ({ms, leastMs, mostMs, runCount}: TimeLeft): readonly Line[] => {
  if (ms === 0) {
    return [[dim('longer than usual')]];
  }

  const left: Line = [dim('left '), plain(`~${roughDuration(ms)}`)];
  const ends = [leastMs, mostMs].map(roughDuration);
  const runs = `from ${plural(runCount, 'run')}`;
  const because = (words: string): Line => [...left, dim(` (${words})`)];
  return ends[0] === ends[1]
    ? [because(runs), left]
    : [because(`${ends.join(nothing)}, ${runs}`), because(ends.join(nothing)), left];
};

/** A span that is guessed, rounded up: to 5 s below two minutes, to minutes below two hours, then to quarters of an hour. */
export const roughDuration = (ms: number): string => {
  const grain = ms <= 2 * minute ? 5 * second : ms <= 2 * hour ? minute : hour / 4;
  return roundDuration(Math.ceil(ms / grain) * grain);
};
