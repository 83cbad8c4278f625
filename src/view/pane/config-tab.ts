import {renderConfig} from '../../format/detail/config-lines.js';
import {createMarkedContent} from '../../format/detail/content.js';
import {selectShownDetail} from '../../store/selectors.js';
import {getTabFilter} from '../../store/ui/reduce-field.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** The configuration of the step and of its pipeline. */
export const renderConfigTab: TabRenderer = (state, openRun, _step, {width}) => {
  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return createPlaceholder(state, openRun);
  }

  const filter = getTabFilter(openRun, 'config');
  return createMarkedContent(
    renderConfig(detail, openRun.run, {width, filter, isToggled: section => isSectionToggled(openRun, section)}),
  );
};
