import {type Content, contentOf} from '../../format/detail/content.js';
import {failureWords} from '../../format/failure-words.js';
import {dim, type Line} from '../../format/line.js';
import {shownAttempt} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';

/** What stands in a tab in place of what has not come: why it has not. */
export const notKnownYet = (state: State, watch: Watch): Content => contentOf([reason(state, watch)]);

const reason = (state: State, watch: Watch): Line => {
  const attempt = shownAttempt(state);
  if (attempt === undefined) {
    return [dim(watch.overAt === undefined ? 'known once the step has started' : 'this step did not run')];
  }

  const failure = state.requests.get(`step:${attempt.id}`)?.failure;
  return failure === undefined ? [dim('loading…')] : [{text: `not loaded: ${failureWords(failure)}`, tone: 'warning'}];
};
