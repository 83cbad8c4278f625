import {isFinished} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import {renderArtifactList} from '../../format/detail/artifact-list.js';
import {createMarkedContent, type MarkedLine} from '../../format/detail/content.js';
import {type PreviousMetadata, renderStepMetadata} from '../../format/detail/step-metadata.js';
import {blankLine} from '../../format/line.js';
import {findPreviousStep, isHistoryKnown} from '../../store/history/history.js';
import {getPreviousRunsKey} from '../../store/history/previous-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectServerNow, selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {getTabFilter} from '../../store/ui/reduce-field.js';
import {selectOutputEntries} from './artifact-entries.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** The output artifacts of the step with the steps that use them, and its metadata. */
export const renderOutputsTab: TabRenderer = (state, openRun, step, {width, getUtcOffset}) => {
  const entries = selectOutputEntries(state, openRun, step);
  if (entries === undefined) {
    return createPlaceholder(state, openRun);
  }

  const view = {
    width,
    getUtcOffset,
    now: selectServerNow(state),
    filter: getTabFilter(openRun, 'outputs'),
    isToggled: (section: string) => isSectionToggled(openRun, section),
  };
  const metadata = renderStepMetadata(
    selectShownDetail(state)?.metadata ?? {},
    selectPreviousMetadata(state, openRun, step),
    view,
  );
  const attempt = selectShownAttempt(state);
  const isUnfinished = attempt !== undefined && !isFinished(attempt.status);
  const between: readonly MarkedLine[] = metadata.length === 0 ? [] : [{line: blankLine}];
  return createMarkedContent([
    ...renderArtifactList(entries, {...view, noun: 'output', isUnfinished}),
    ...between,
    ...metadata,
  ]);
};

const selectPreviousMetadata = (state: State, openRun: OpenRun, step: Step): PreviousMetadata => {
  const previous = findPreviousStep(openRun, step.name);
  if (previous !== undefined) {
    return {run: previous.run, metadata: previous.detail.metadata};
  }

  if (openRun.run?.pipeline === undefined || isHistoryKnown(openRun, step.name)) {
    return 'none';
  }

  return state.requests.get(getPreviousRunsKey(openRun.runId))?.failure === undefined ? 'loading' : 'not loaded';
};
