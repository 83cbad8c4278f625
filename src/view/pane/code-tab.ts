import {failingLineKey, renderCode} from '../../format/detail/code-lines.js';
import {createMarkedContent} from '../../format/detail/content.js';
import {findPreviousStep, isHistoryKnown} from '../../store/history/history.js';
import {selectShownDetail} from '../../store/selectors.js';
import {codeDiffSection} from '../../store/ui/pane.js';
import {createPlaceholder} from './placeholder.js';
import {isSectionToggled, type TabRenderer} from './tab.js';

/** The source of the step, or what changed in it since the last run. */
export const renderCodeTab: TabRenderer = (state, openRun, step, {width}) => {
  const detail = selectShownDetail(state);
  if (detail === undefined) {
    return createPlaceholder(state, openRun);
  }

  const content = createMarkedContent(
    renderCode({
      detail,
      previous: findPreviousStep(openRun, step.name),
      isHistoryKnown:
        openRun.run !== undefined && (openRun.run.pipeline === undefined || isHistoryKnown(openRun, step.name)),
      isDiff: isSectionToggled(openRun, codeDiffSection),
      width,
    }),
  );
  return {...content, focus: content.marks.find(({key}) => key === failingLineKey)?.line};
};
