import {isFinished} from '../../domain/status.js';
import {renderArtifactList} from '../../format/detail/artifact-list.js';
import {createMarkedContent, type MarkedLine} from '../../format/detail/content.js';
import {renderMetadata} from '../../format/detail/metadata.js';
import {blankLine} from '../../format/line.js';
import {selectServerNow, selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import {getTabFilter} from '../../store/ui/reduce-field.js';
import {selectOutputEntries} from './artifact-entries.js';
import {createPlaceholder} from './placeholder.js';
import {selectPreviousStepMetadata} from './previous-metadata.js';
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
  const metadata = renderMetadata(
    selectShownDetail(state)?.metadata ?? {},
    selectPreviousStepMetadata(state, openRun, step),
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
