import {getMedian} from '../../domain/median.js';
import {formatDuration} from '../duration.js';
import {type Line, renderDim, renderPlain} from '../line.js';
import {renderField} from './field.js';
import type {OverviewInput} from './overview-input.js';

type WorkTimes = Pick<OverviewInput, 'workTimes'>;

/** How long the step took in earlier runs: `usually 9m 10s`, the middle of some, or `9m 10s the last time`. */
export const renderUsualFacts = ({workTimes = []}: WorkTimes): readonly Line[] => {
  const medianMs = getMedian(workTimes);
  if (medianMs === undefined) {
    return [];
  }

  const usual = renderPlain(formatDuration(medianMs));
  return [workTimes.length === 1 ? [usual, renderDim(' the last time')] : [renderDim('usually '), usual]];
};

/** The same of a step that has not started. */
export const renderUsualTime = (input: WorkTimes): readonly Line[] => {
  const facts = renderUsualFacts(input);
  return facts.length === 0 ? [] : renderField('takes', facts);
};
