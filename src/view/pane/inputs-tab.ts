import {artifactListLines} from '../../format/detail/artifact-list.js';
import {markedContent} from '../../format/detail/content.js';
import {filterOf} from '../../store/field.js';
import {nowOf} from '../../store/selectors.js';
import {inputEntries} from './artifact-entries.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** What went into the step, and where each came from. */
export const inputsTab: TabContent = (state, watch, _step, {width, utcOffset}) => {
  const entries = inputEntries(state, watch);
  if (entries === undefined) {
    return notKnownYet(state, watch);
  }

  return markedContent(
    artifactListLines(entries, {
      width,
      utcOffset,
      now: nowOf(state),
      noun: 'input',
      isGoingOn: false,
      filter: filterOf(watch, 'inputs'),
      isToggled: section => isToggled(watch, section),
    }),
  );
};
