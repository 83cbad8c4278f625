import {createContent} from '../../format/detail/content.js';
import {renderOverview} from '../../format/detail/overview.js';
import {buildOverviewInput} from './overview-input.js';
import type {TabRenderer} from './tab.js';

export const renderOverviewTab: TabRenderer = (state, openRun, step, shape) =>
  createContent(renderOverview(buildOverviewInput(state, openRun, step, shape)));
