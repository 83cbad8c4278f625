import {isFinished} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import {artifactListLines} from '../../format/detail/artifact-list.js';
import {type MarkedLine, markedContent} from '../../format/detail/content.js';
import {type EarlierMetadata, stepMetadataLines} from '../../format/detail/step-metadata.js';
import {blankLine} from '../../format/line.js';
import {earlierStepOf, isEarlierKnown} from '../../store/earlier.js';
import {earlierRunsKey} from '../../store/earlier-needs.js';
import {filterOf} from '../../store/field.js';
import {nowOf, shownAttempt, shownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import {outputEntries} from './artifact-entries.js';
import {notKnownYet} from './not-known-yet.js';
import {isToggled, type TabContent} from './tab.js';

/** What came out of the step: what it has said of itself, and what it wrote and who reads that. */
export const outputsTab: TabContent = (state, watch, step, {width, utcOffset}) => {
  const entries = outputEntries(state, watch, step);
  if (entries === undefined) {
    return notKnownYet(state, watch);
  }

  const view = {
    width,
    utcOffset,
    now: nowOf(state),
    filter: filterOf(watch, 'outputs'),
    isToggled: (section: string) => isToggled(watch, section),
  };
  const metadata = stepMetadataLines(shownDetail(state)?.metadata ?? {}, earlierMetadata(state, watch, step), view);
  const attempt = shownAttempt(state);
  const isGoingOn = attempt !== undefined && !isFinished(attempt.status);
  const between: readonly MarkedLine[] = metadata.length === 0 ? [] : [{line: blankLine}];
  return markedContent([...metadata, ...between, ...artifactListLines(entries, {...view, noun: 'output', isGoingOn})]);
};

const earlierMetadata = (state: State, watch: Watch, step: Step): EarlierMetadata => {
  const earlier = earlierStepOf(watch, step.name);
  if (earlier !== undefined) {
    return {run: earlier.run, metadata: earlier.detail.metadata};
  }

  if (watch.run?.pipeline === undefined || isEarlierKnown(watch, step.name)) {
    return 'none';
  }

  return state.requests.get(earlierRunsKey(watch.runId))?.failure === undefined ? 'looked for' : 'not loaded';
};
