import {latestAttempt} from '../../domain/step.js';
import {stepNamed} from '../../domain/step-table.js';
import {cacheAccountLines} from '../../format/detail/cache-account-lines.js';
import {type Content, contentOf, markedContent} from '../../format/detail/content.js';
import type {WriterStory} from '../../format/detail/difference-lines.js';
import {dim} from '../../format/line.js';
import {wrapLine} from '../../format/wrap.js';
import {cacheAccountIn, latestDetail, runOfDetail} from '../../store/cache-accounts.js';
import {earlierFailure} from '../../store/earlier-needs.js';
import {nowOf, shownAttempt, shownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** Why the step was or was not served from the cache, and what shows it. */
export const cacheTab: TabContent = (state, watch, step, {width, utcOffset}) => {
  const detail = shownDetail(state);
  if (detail === undefined) {
    return noKeyYet(state, watch, width) ?? notKnownYet(state, watch);
  }

  const original = detail.originalStepId === undefined ? undefined : watch.detailsById.get(detail.originalStepId);
  const content = markedContent(
    cacheAccountLines({
      detail,
      run: watch.run,
      account: cacheAccountIn(state, watch, detail),
      failure: earlierFailure(state, watch, step.name),
      original,
      originalRun: original && runOfDetail(watch, original),
      now: nowOf(state),
      width,
      utcOffset,
      isToggled: section => isToggled(watch, section),
      storyOf: name => storyOf(state, watch, name),
      runOf: other => runOfDetail(watch, other),
    }),
  );
  return content;
};

/** The client makes the key when it starts the step. */
const noKeyYet = (state: State, watch: Watch, width: number): Content | undefined =>
  shownAttempt(state) === undefined && watch.overAt === undefined
    ? contentOf(wrapLine([dim('no key yet: it is made when the step starts, of what the step then reads')], width))
    : undefined;

const storyOf = (state: State, watch: Watch, name: string): WriterStory | undefined => {
  const step = stepNamed(watch.table, name);
  const status = step && latestAttempt(step)?.status;
  if (status === 'cached') {
    return {came: 'from the cache', account: undefined};
  }

  const detail = latestDetail(watch, name);
  return status === 'completed'
    ? {came: 'ran again', account: detail && cacheAccountIn(state, watch, detail)}
    : undefined;
};
