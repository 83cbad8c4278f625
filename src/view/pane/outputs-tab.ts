import {outputLines} from '../../format/detail/artifact-lines.js';
import {contentOf} from '../../format/detail/content.js';
import {overviewInputOf} from './overview-input-of.js';
import type {TabContent} from './tab.js';

export const outputsTab: TabContent = (state, watch, step, shape) => {
  const input = overviewInputOf(state, watch, step, shape);
  return contentOf(
    input.attempt === undefined ? [] : outputLines({...input, attempt: input.attempt, isUnfolded: () => true}),
  );
};
