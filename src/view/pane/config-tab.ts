import {renderConfig} from '../../format/detail/config-lines.js';
import {createMarkedContent} from '../../format/detail/content.js';
import {selectShownDetail} from '../../store/selectors.js';
import {getTabFilter} from '../../store/ui/field.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** The configuration of the step and of its pipeline. */
export const renderConfigTab: TabRenderer = (state, watch, _step, {width}) => {
  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return createPlaceholder(state, watch);
  }

  const filter = getTabFilter(watch, 'config');
  return createMarkedContent(
    renderConfig(detail, watch.run, {width, filter, isToggled: section => isSectionToggled(watch, section)}),
  );
};
