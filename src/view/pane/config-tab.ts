import {configLines} from '../../format/detail/config-lines.js';
import {markedContent} from '../../format/detail/content.js';
import {filterOf} from '../../store/field.js';
import {shownDetail} from '../../store/selectors.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** How the step was configured, by itself and by its pipeline. */
export const configTab: TabContent = (state, watch, _step, {width}) => {
  const detail = shownDetail(state);
  if (detail === undefined) {
    return notKnownYet(state, watch);
  }

  const filter = filterOf(watch, 'config');
  return markedContent(
    configLines(detail, watch.run, {width, filter, isToggled: section => isToggled(watch, section)}),
  );
};
