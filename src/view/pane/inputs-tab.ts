import {renderArtifactList} from '../../format/detail/artifact-list.js';
import {createMarkedContent} from '../../format/detail/content.js';
import {selectServerNow} from '../../store/selectors.js';
import {getTabFilter} from '../../store/ui/reduce-field.js';
import {selectInputEntries} from './artifact-entries.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** The inputs of the step and where they came from. */
export const renderInputsTab: TabRenderer = (state, openRun, _step, {width, getUtcOffset}) => {
  const entries = selectInputEntries(state, openRun);
  if (entries === undefined) {
    return createPlaceholder(state, openRun);
  }

  return createMarkedContent(
    renderArtifactList(entries, {
      width,
      getUtcOffset,
      now: selectServerNow(state),
      noun: 'input',
      isUnfinished: false,
      filter: getTabFilter(openRun, 'inputs'),
      isToggled: section => isSectionToggled(openRun, section),
    }),
  );
};
