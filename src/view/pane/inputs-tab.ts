import {inputLines} from '../../format/detail/artifact-lines.js';
import {contentOf} from '../../format/detail/content.js';
import {overviewInputOf} from './overview-input-of.js';
import type {TabContent} from './tab.js';

export const inputsTab: TabContent = (state, watch, step, shape) => {
  const input = overviewInputOf(state, watch, step, shape);
  return contentOf(
    input.attempt === undefined ? [] : inputLines({...input, attempt: input.attempt, isUnfolded: () => true}),
  );
};
