import {cacheAccountOf} from '../../domain/cache/account.js';
import {latestAttempt} from '../../domain/step.js';
import {stepNamed} from '../../domain/step-table.js';
import {cacheAccountLines} from '../../format/detail/cache-account-lines.js';
import {markedContent} from '../../format/detail/content.js';
import {earlierStepOf, isEarlierKnown} from '../../store/earlier.js';
import {nowOf, shownDetail} from '../../store/selectors.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** Why the step was or was not served from the cache, and what shows it. */
export const cacheTab: TabContent = (state, watch, step, {width, utcOffset}) => {
  const detail = shownDetail(state);
  if (detail === undefined) {
    return notKnownYet(state, watch);
  }

  const {run} = watch;
  const original = detail.originalStepId === undefined ? undefined : watch.detailsById.get(detail.originalStepId);
  const originalRun =
    original?.runId === undefined || original.runId === watch.runId ? run : watch.otherRunsById.get(original.runId);
  const account = cacheAccountOf({
    detail,
    run,
    precedent: earlierStepOf(watch, step.name),
    isPrecedentKnown: run?.pipeline === undefined || isEarlierKnown(watch, step.name),
  });
  return markedContent(
    cacheAccountLines({
      detail,
      run,
      account,
      original,
      originalRun,
      now: nowOf(state),
      width,
      utcOffset,
      isToggled: section => isToggled(watch, section),
      ranAgain: name => {
        const writer = stepNamed(watch.table, name);
        return writer !== undefined && latestAttempt(writer)?.status === 'completed';
      },
    }),
  );
};
