import {contentOf} from '../../format/detail/content.js';
import {overviewLines} from '../../format/detail/overview.js';
import {overviewInputOf} from './overview-input-of.js';
import type {TabContent} from './tab.js';

export const overviewTab: TabContent = (state, watch, step, shape) =>
  contentOf(overviewLines(overviewInputOf(state, watch, step, shape)));
