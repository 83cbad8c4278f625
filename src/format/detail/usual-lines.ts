import {medianOf} from '../../domain/median.js';
import {formatDuration} from '../duration.js';
import {dim, type Line, plain} from '../line.js';
import {field} from './field.js';
import type {OverviewInput} from './overview-input.js';

type WorkTimes = Pick<OverviewInput, 'workTimes'>;

/** How long the step took in earlier runs: `usually 9m 10s`, the middle of some, or `9m 10s the last time`. */
export const usualFacts = ({workTimes = []}: WorkTimes): readonly Line[] => {
  const medianMs = medianOf(workTimes);
  if (medianMs === undefined) {
    return [];
  }

  const usual = plain(formatDuration(medianMs));
  return [workTimes.length === 1 ? [usual, dim(' the last time')] : [dim('usually '), usual]];
};

/** The same of a step that has not started. */
export const usualLines = (input: WorkTimes): readonly Line[] => {
  const facts = usualFacts(input);
  return facts.length === 0 ? [] : field('takes', facts);
};
