import {codeLines, failingLineKey} from '../../format/detail/code-lines.js';
import {markedContent} from '../../format/detail/content.js';
import {earlierStepOf, isEarlierKnown} from '../../store/earlier.js';
import {codeDiffSection} from '../../store/pane.js';
import {shownDetail} from '../../store/selectors.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** The source of the step, or what changed in it since the last run. */
export const codeTab: TabContent = (state, watch, step, {width}) => {
  const detail = shownDetail(state);
  if (detail === undefined) {
    return notKnownYet(state, watch);
  }

  const content = markedContent(
    codeLines({
      detail,
      precedent: earlierStepOf(watch, step.name),
      isPrecedentKnown:
        watch.run !== undefined && (watch.run.pipeline === undefined || isEarlierKnown(watch, step.name)),
      isDiff: isToggled(watch, codeDiffSection),
      width,
    }),
  );
  return {...content, focus: content.marks.find(({key}) => key === failingLineKey)?.line};
};
