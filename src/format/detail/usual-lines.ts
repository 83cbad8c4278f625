import {getMedian} from '../../domain/median.js';
import {formatDuration} from '../duration.js';
import {type Line, renderDim, renderPlain} from '../line.js';
import {renderField} from './field.js';
import type {OverviewInput} from './overview-input.js';

type WorkTimes = Pick<OverviewInput, 'workTimes'>;

/** How long the step took in earlier runs: the median of several, `usually 9m 10s`, or `last time 9m 10s`. */
export const renderUsualFacts = ({workTimes = []}: WorkTimes): readonly Line[] => {
  const medianMs = getMedian(workTimes);
  if (medianMs === undefined) {
    return [];
  }

  const usual = renderPlain(formatDuration(medianMs));
  return [workTimes.length === 1 ? [renderDim('last time '), usual] : [renderDim('usually '), usual]];
};

/** The expected duration of a step that has not started. */
export const renderUsualTime = (input: WorkTimes): readonly Line[] => {
  const facts = renderUsualFacts(input);
  return facts.length === 0 ? [] : renderField('duration', facts);
};
