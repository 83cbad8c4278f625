import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {renderCacheVerdict} from '../../format/detail/cache-verdict-lines.js';
import {type Content, createContent, createMarkedContent} from '../../format/detail/content.js';
import type {WriterVerdict} from '../../format/detail/difference-words.js';
import {renderDim} from '../../format/line.js';
import {wrapLine} from '../../format/wrap.js';
import {findDetailRun, findLatestStepDetail, selectCacheVerdict} from '../../store/history/cache-verdict.js';
import {findPreviousFailure} from '../../store/history/previous-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectServerNow, selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** Why the step was cached or ran, and the facts behind it. */
export const renderCacheTab: TabRenderer = (state, openRun, step, {width, getUtcOffset}) => {
  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return createNoKeyContent(state, openRun, width) ?? createPlaceholder(state, openRun);
  }

  const original = detail.originalStepId === undefined ? undefined : openRun.detailsById.get(detail.originalStepId);
  return createMarkedContent(
    renderCacheVerdict({
      detail,
      run: openRun.run,
      verdict: selectCacheVerdict(state, openRun, detail),
      failure: findPreviousFailure(state, openRun, step.name),
      original,
      originalRun: original && findDetailRun(openRun, original),
      now: selectServerNow(state),
      width,
      getUtcOffset,
      isToggled: section => isSectionToggled(openRun, section),
      findWriterVerdict: name => selectWriterVerdict(state, openRun, name),
      findRun: other => findDetailRun(openRun, other),
    }),
  );
};

/** Shown until the step starts, because the client computes its cache key only then; `undefined` afterwards. */
const createNoKeyContent = (state: State, openRun: OpenRun, width: number): Content | undefined =>
  selectShownAttempt(state) === undefined && openRun.overAt === undefined
    ? createContent(wrapLine([renderDim('no cache key yet: computed from the inputs when the step starts')], width))
    : undefined;

const selectWriterVerdict = (state: State, openRun: OpenRun, name: string): WriterVerdict | undefined => {
  const step = findStep(openRun.table, name);
  const status = step && findLatestAttempt(step)?.status;
  if (status === 'cached') {
    return {outcome: 'from the cache', verdict: undefined};
  }

  const detail = findLatestStepDetail(openRun, name);
  return status === 'completed'
    ? {outcome: 'ran again', verdict: detail && selectCacheVerdict(state, openRun, detail)}
    : undefined;
};
