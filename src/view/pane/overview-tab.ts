import {createContent} from '../../format/detail/content.js';
import {countProblemLines, renderOverview} from '../../format/detail/overview.js';
import {buildOverviewInput} from './overview-input.js';
import type {TabRenderer} from './tab.js';

export const renderOverviewTab: TabRenderer = (state, openRun, step, shape) => {
  const input = buildOverviewInput(state, openRun, step, shape);
  return {...createContent(renderOverview(input)), head: countProblemLines(input)};
};
