import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {renderCacheVerdict} from '../../format/detail/cache-verdict-lines.js';
import {type Content, createContent, createMarkedContent} from '../../format/detail/content.js';
import type {WriterVerdict} from '../../format/detail/difference-words.js';
import {renderDim} from '../../format/line.js';
import {wrapLine} from '../../format/wrap.js';
import {findDetailRun, findLatestStepDetail, selectCacheVerdict} from '../../store/history/cache-verdict.js';
import {findEarlierFailure} from '../../store/history/earlier-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectServerNow, selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** Why the step was cached or ran, and the facts behind it. */
export const renderCacheTab: TabRenderer = (state, watch, step, {width, utcOffset}) => {
  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return createNoKeyContent(state, watch, width) ?? createPlaceholder(state, watch);
  }

  const original = detail.originalStepId === undefined ? undefined : watch.detailsById.get(detail.originalStepId);
  const content = createMarkedContent(
    renderCacheVerdict({
      detail,
      run: watch.run,
      verdict: selectCacheVerdict(state, watch, detail),
      failure: findEarlierFailure(state, watch, step.name),
      original,
      originalRun: original && findDetailRun(watch, original),
      now: selectServerNow(state),
      width,
      utcOffset,
      isToggled: section => isSectionToggled(watch, section),
      findWriterVerdict: name => selectWriterVerdict(state, watch, name),
      findRun: other => findDetailRun(watch, other),
    }),
  );
  return content;
};

/** The client computes the cache key when it starts the step. */
const createNoKeyContent = (state: State, watch: OpenRun, width: number): Content | undefined =>
  selectShownAttempt(state) === undefined && watch.overAt === undefined
    ? createContent(wrapLine([renderDim('no cache key yet: computed from the inputs when the step starts')], width))
    : undefined;

const selectWriterVerdict = (state: State, watch: OpenRun, name: string): WriterVerdict | undefined => {
  const step = findStep(watch.table, name);
  const status = step && findLatestAttempt(step)?.status;
  if (status === 'cached') {
    return {outcome: 'from the cache', verdict: undefined};
  }

  const detail = findLatestStepDetail(watch, name);
  return status === 'completed'
    ? {outcome: 'ran again', verdict: detail && selectCacheVerdict(state, watch, detail)}
    : undefined;
};
