import {type Content, createContent} from '../../format/detail/content.js';
import {formatFailure} from '../../format/failure-words.js';
import {type Line, renderDim} from '../../format/line.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectShownAttempt} from '../../store/selectors.js';
import type {State} from '../../store/state.js';

/** Shown in a tab instead of content that is not loaded: why it is missing. */
export const createPlaceholder = (state: State, openRun: OpenRun): Content =>
  createContent([renderPlaceholder(state, openRun)]);

const renderPlaceholder = (state: State, openRun: OpenRun): Line => {
  const attempt = selectShownAttempt(state);
  if (attempt === undefined) {
    return [renderDim(openRun.overAt === undefined ? 'available once the step starts' : 'this step did not run')];
  }

  const failure = state.requestsByKey.get(`step:${attempt.id}`)?.failure;
  return failure === undefined
    ? [renderDim('loading…')]
    : [{text: `not loaded: ${formatFailure(failure)}`, tone: 'warning'}];
};
